"""Whom the user ignores: said and taken back, in rooms that tell who is who."""

from collections.abc import Sequence

from backendd.api import records, text
from backendd.api.errors import InvalidArgument, NotSupported, UnknownItem
from backendd.core import clock, jid
from backendd.core.authors import LONGEST_ID
from backendd.features.ignoring import store
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger


class Ignoring(Part):
    """Keeps who is ignored; nobody but the user is told."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def ignore(self, room: str, occupant_id: str, nick: str) -> None:
        """Let nothing of an occupant be news; `nick` is what to call them."""
        self._check(room, occupant_id)
        called, now = text.clean_line(nick), clock.now_us()

        def work(ledger: Ledger) -> None:
            if store.has(ledger, room, occupant_id):
                return
            known = called or store.nick_of(ledger, room, occupant_id)
            store.ignore(ledger, records.Ignored(room, occupant_id, known, now))

        await self._home.store.write(work)

    def _check(self, room: str, occupant_id: str) -> None:
        is_clean = text.clean_line(occupant_id) == occupant_id
        if not occupant_id or len(occupant_id) > LONGEST_ID or not is_clean:
            raise InvalidArgument("this is no id of an occupant: Occupants has those")
        us = self._home.rooms.joined.get(room)
        if us is not None and not us.gives_ids:
            raise NotSupported(
                f"{jid.shown(room)} doesn't tell who is who, so nobody there can be ignored"
            )
        if us is not None and us.occupant_id == occupant_id:
            raise InvalidArgument("this is yourself")

    async def heed(self, room: str, occupant_id: str) -> None:
        """Take from an occupant again what they say, and have said; UnknownItem."""
        if not await self._home.store.write(lambda ledger: store.heed(ledger, room, occupant_id)):
            raise UnknownItem(f"nobody in {jid.shown(room)} who has this id is ignored")

    async def list(self, room: str) -> Sequence[records.Ignored]:
        """Return who is ignored in a room, or in all."""
        return await self._home.store.read(lambda view: store.load(view, room))
