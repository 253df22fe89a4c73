"""Rooms as the backend tells them, and who is in those that are looked at."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Rooms
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import ROOMS
from backendd.api.records import Left, Occupant, Room
from backendd.api.wire import from_wire
from primitivus.client.comings import Telling
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.rooms.occupants import Occupants
from primitivus.model.rooms.rooms import Rooms as Known
from primitivus.model.telling.entrance import said_of
from primitivus.model.wording.address import occupant
from primitivus.model.wording.quoting import quote

log = logging.getLogger(__name__)

Wire = Mapping[str, Any]
# So many occupants are asked for at a time: a key waits for no more than what that takes.
PAGE = 200
# After an error that may last.
AGAIN_S = 5.0


class RoomsPart(Part):
    """Keeps the rooms of an account; occupants are asked for when their room is in view.

    `calls` is the interface on the bus.
    """

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Rooms)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._telling = Telling(access.state, access.account)
        # After an error, until when occupants are not asked for.
        self._not_before = 0.0

    @property
    def known(self) -> Known:
        """Return what is known of them."""
        return self._account.of(Known)

    def signals(self) -> Handlers:
        return {
            (ROOMS, "Changed"): self._changed,
            (ROOMS, "Removed"): self._removed,
            (ROOMS, "OccupantsChanged"): self._occupants_changed,
        }

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.list())
        self._state.changed(Area.ROOMS)

    def forget(self) -> None:
        self.known.forget()

    def fill(self, pane: Pane) -> None:
        room, _ = occupant(pane.place.peer)
        is_ours = self._state.at(pane.place) is self._account
        if not is_ours or not self.known.is_in(room) or self.known.occupants(room) is not None:
            return
        if asyncio.get_running_loop().time() >= self._not_before:
            # At once, for another frame may come before the task does.
            held = self.known.look(room, lambda nick: self._place(room, nick))
            self._tasks.start(self._load(room, held), name="occupants")

    async def _load(self, room: str, held: Occupants) -> None:
        after = ""
        try:
            while True:
                page = await self.calls.occupants(room, limit=PAGE, after=after)
                held.add(page)
                self._state.changed(Area.ROOMS)
                if len(page) < PAGE:
                    break
                after = page[-1].nick
        except (BackendError, LinkError) as error:
            log.info("the occupants of a room were not told: %s", error)
            self._not_before = asyncio.get_running_loop().time() + AGAIN_S
            if self.known.occupants(room) is held:
                self.known.look_away(room)
        else:
            held.settle()

    def _changed(self, records: Iterable[Wire]) -> None:
        for old, new in self.known.merge(from_wire(Room, each) for each in records):
            self._telling.room(old, new)
            about = f"room {new.room}"
            if new.state == "in":
                self._state.settle(about, self._account)
            elif said := said_of(old, new):
                line = f"chat {quote(new.room)} {quote(self._account.profile.name)}"
                self._state.complain(said, about=about, account=self._account, line=line)
        self._state.changed(Area.ROOMS)

    def _removed(self, rooms: Iterable[str]) -> None:
        self.known.remove(rooms)
        self._state.changed(Area.ROOMS)

    def _occupants_changed(self, room: str, records: Iterable[Wire], left: Iterable[Wire]) -> None:
        gone = [from_wire(Left, each) for each in left]
        held = self.known.occupants(room)
        if held is None or not self._is_in_view(room):
            self._telling.put_out(room, gone)
            # Whoever looks there again asks anew.
            self.known.look_away(room)
            return
        changed = [from_wire(Occupant, each) for each in records]
        if held.are_all:
            self._telling.occupants(room, held, changed, gone)
        else:
            self._telling.put_out(room, gone)
        pane = self._state.layout.list_of(OccupantsPane)
        with pane.steady():
            for each in gone:
                pane.has_left(self._place(room, each.nick), each.new_nick)
            held.tell(changed, [each.nick for each in gone])
        self._state.changed(Area.ROOMS)

    def _is_in_view(self, room: str) -> bool:
        return any(
            self._state.at(pane.place) is self._account and occupant(pane.place.peer)[0] == room
            for pane in self._state.layout.mains()
        )

    def _place(self, room: str, nick: str) -> Place:
        return self._account.place(f"{room}/{nick}")
