"""How those are with whom one talks alone in rooms, as the backend tells it."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Rooms
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import MESSAGES, ROOMS
from backendd.api.records import Occupant
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.rooms.partners import Partners
from primitivus.model.rooms.rooms import Rooms as Known
from primitivus.model.wording.address import occupant

log = logging.getLogger(__name__)

Wire = Mapping[str, Any]
# So many nicks may differ from one in what is small and what is a capital letter.
_ALIKE = 50


class PartnersPart(Part):
    """Follows those of an account who have a conversation of their own, in rooms where we are."""

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Rooms)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        # Of each of these rooms all were asked for.
        self._rooms: set[str] = set()

    def signals(self) -> Handlers:
        return {
            (MESSAGES, "ConversationsChanged"): self._conversations_changed,
            (ROOMS, "Changed"): self._rooms_changed,
            (ROOMS, "Removed"): self._rooms_removed,
            (ROOMS, "OccupantsChanged"): self._occupants_changed,
        }

    async def attached(self) -> None:
        self._rooms = {each.room for each in self._known.listed() if each.state == "in"}
        self._follow(self._talked_with())

    @property
    def _known(self) -> Known:
        return self._account.of(Known)

    @property
    def _partners(self) -> Partners:
        return self._known.partners

    def _talked_with(self) -> list[str]:
        listed = self._account.conversations.listed()
        return [each.peer for each in listed if each.kind == "private"]

    def _follow(self, jids: Iterable[str]) -> None:
        fresh = self._partners.ask(jid for jid in jids if self._known.is_in(occupant(jid)[0]))
        if fresh:
            self._tasks.start(self._load(fresh), name="partners")

    async def _load(self, jids: Iterable[str]) -> None:
        for jid in jids:
            room, nick = occupant(jid)
            try:
                found = await self._calls.occupants(room, prefix=nick, limit=_ALIKE)
            except (BackendError, LinkError) as error:
                log.info("an occupant of a room was not told: %s", error)
                self._partners.give_up(jid)
                continue
            self._partners.answer(jid, next((each for each in found if each.nick == nick), None))
            self._state.changed(Area.ROOMS)

    def _conversations_changed(self, records: Iterable[Wire]) -> None:
        self._follow(each["peer"] for each in records if each.get("kind") == "private")

    def _rooms_changed(self, records: Iterable[Wire]) -> None:
        now_in = {each["room"] for each in records if each.get("state") == "in"}
        fresh = now_in - self._rooms
        self._rooms = {room for room in self._rooms | now_in if self._known.is_in(room)}
        if fresh:
            self._follow(jid for jid in self._talked_with() if occupant(jid)[0] in fresh)

    def _rooms_removed(self, rooms: Iterable[str]) -> None:
        self._rooms.difference_update(rooms)

    def _occupants_changed(self, room: str, records: Iterable[Wire], left: Iterable[Wire]) -> None:
        gone = self._partners.followed(room, (each["nick"] for each in left))
        here = {each["nick"]: each for each in records}
        changed = {
            nick: from_wire(Occupant, here[nick]) for nick in self._partners.followed(room, here)
        }
        if gone or changed:
            self._partners.tell(room, {**dict.fromkeys(gone), **changed})
            self._state.changed(Area.ROOMS)
