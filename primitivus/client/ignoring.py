"""Whom an account ignores in rooms, as the backend tells it."""

from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Rooms
from backendd.api.names import ROOMS
from backendd.api.records import Ignored
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.messages.ignored import IgnoredOccupants


class IgnoringPart(Part):
    """Keeps those of all rooms; a signal tells all of one room. `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Rooms)
        self._state = access.state
        self._account = access.account
        self._told: set[str] = set()

    @property
    def known(self) -> IgnoredOccupants:
        """Return what is known of them."""
        return self._account.of(IgnoredOccupants)

    def signals(self) -> Handlers:
        return {(ROOMS, "IgnoredChanged"): self._changed}

    async def fetch(self) -> None:
        self._told.clear()
        found = await self.calls.ignored("")
        # What a signal has told meanwhile is newer.
        meanwhile = [each for each in self.known.listed() if each.room in self._told]
        self.known.reset([*(each for each in found if each.room not in self._told), *meanwhile])
        self._state.changed(Area.ROOMS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, room: str, records: Iterable[Mapping[str, Any]]) -> None:
        self._told.add(room)
        self.known.tell(room, (from_wire(Ignored, each) for each in records))
        self._state.changed(Area.ROOMS)
