"""What has to be answered before something gets through, as the backend tells it."""

from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Services
from backendd.api.names import SERVICES
from backendd.api.records import Challenge
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.challenges import ChallengeQuestion, Challenges, about
from primitivus.model.questions import announce

Wire = Mapping[str, Any]


class ChallengesPart(Part):
    """Keeps the challenges of an account, and says which are new; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Services)
        self._state = access.state
        self._account = access.account

    @property
    def known(self) -> Challenges:
        """Return what is known of them."""
        return self._account.of(Challenges)

    def signals(self) -> Handlers:
        return {(SERVICES, "ChallengesChanged"): self._changed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.challenges())
        self._state.changed(Area.REQUESTS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, records: Iterable[Wire], gone: Iterable[str]) -> None:
        ids = list(gone)
        fresh = self.known.merge((from_wire(Challenge, each) for each in records), ids)
        self._state.changed(Area.REQUESTS)
        for id in ids:
            self._state.settle(about(id), self._account)
        announce(self._state, [ChallengeQuestion.of(self._account, each) for each in fresh])
