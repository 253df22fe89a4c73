"""Invitations to rooms, as the backend tells them."""

from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Rooms
from backendd.api.names import ROOMS
from backendd.api.records import Invitation
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.invitations import Invitations, RoomInvitation, about
from primitivus.model.questions import announce

Wire = Mapping[str, Any]


class InvitationsPart(Part):
    """Keeps the invitations of an account, and says which are new; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Rooms)
        self._state = access.state
        self._account = access.account

    @property
    def known(self) -> Invitations:
        """Return what is known of them."""
        return self._account.of(Invitations)

    def signals(self) -> Handlers:
        return {(ROOMS, "InvitationsChanged"): self._changed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.invitations())
        self._state.changed(Area.REQUESTS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, records: Iterable[Wire], gone: Iterable[str]) -> None:
        ids = list(gone)
        fresh = self.known.merge((from_wire(Invitation, each) for each in records), ids)
        self._state.changed(Area.REQUESTS)
        for id in ids:
            self._state.settle(about(id), self._account)
        announce(self._state, [RoomInvitation.of(self._account, each) for each in fresh])
