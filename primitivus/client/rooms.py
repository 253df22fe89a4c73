"""Rooms as the backend tells them, and who is in those that are looked at."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backendd.api.contract import Rooms
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import ROOMS
from backendd.api.records import Left, Occupant, Room
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.address import occupant
from primitivus.model.area import Area
from primitivus.model.comings import Comings
from primitivus.model.entrance import said_of
from primitivus.model.message import nick_of
from primitivus.model.occupants import Occupants
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.rooms import Rooms as Known

log = logging.getLogger(__name__)

Wire = Mapping[str, Any]
# So many occupants are asked for at a time: a key waits for no more than what that takes.
PAGE = 200
# Behind so many messages of a room it is told who came and went.
MOST_COMINGS = 200
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
            about = f"room {new.room}"
            if new.state == "in":
                self._state.settle(about, self._account)
            elif said := said_of(old, new):
                self._state.complain(said, about=about, account=self._account)
        self._state.changed(Area.ROOMS)

    def _removed(self, rooms: Iterable[str]) -> None:
        self.known.remove(rooms)
        self._state.changed(Area.ROOMS)

    def _occupants_changed(self, room: str, records: Iterable[Wire], left: Iterable[Wire]) -> None:
        held = self.known.occupants(room)
        if held is None:
            return
        if not self._is_in_view(room):
            # Whoever looks there again asks anew.
            self.known.look_away(room)
            return
        changed = [from_wire(Occupant, each) for each in records]
        gone = [from_wire(Left, each) for each in left]
        if held.are_all and self._state.settings.room_presence != "none":
            self._tell_comings(room, held, changed, gone)
        pane = self._state.layout.list_of(OccupantsPane)
        with pane.steady():
            for each in gone:
                pane.has_left(self._place(room, each.nick), each.new_nick)
            held.tell(changed, [each.nick for each in gone])
        self._state.changed(Area.ROOMS)

    def _tell_comings(
        self, room: str, held: Occupants, changed: Sequence[Occupant], gone: Sequence[Left]
    ) -> None:
        """Have it stand behind the last message who came and who went."""
        last = self._account.conversation(room).last
        if last is None:
            return
        told_of = self._account.chat_with(room).comings
        comings = told_of.setdefault(last.id, Comings())
        if len(told_of) > MOST_COMINGS:
            del told_of[min(told_of)]
        told = self._told_of(room)
        for each in gone:
            if told is None or each.nick in told:
                comings.left(each)
        left, renamed = {each.nick for each in gone}, {each.new_nick for each in gone}
        for nick in (each.nick for each in changed):
            is_new = nick not in renamed and (nick in left or held.get(nick) is None)
            if is_new and (told is None or nick in told):
                comings.came(nick)
        self._state.changed(Area.MESSAGES)

    def _told_of(self, room: str) -> set[str] | None:
        """Return of whom it is told that they come and go; None: of all."""
        if self._state.settings.room_presence == "all":
            return None
        panes = self._state.layout.looking_at(self._account.place(room))
        return {nick_of(pane.window[index]) for pane in panes for index in range(len(pane.window))}

    def _is_in_view(self, room: str) -> bool:
        return any(
            self._state.at(pane.place) is self._account and occupant(pane.place.peer)[0] == room
            for pane in self._state.layout.mains()
        )

    def _place(self, room: str, nick: str) -> Place:
        return self._account.place(f"{room}/{nick}")
