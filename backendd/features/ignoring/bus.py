"""Ignore, Unignore and Ignored, of the Rooms interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.features.ignoring.service import Ignoring
from backendd.session import addressing
from backendd.session.home import Home


class IgnoringMembers:
    """What callers see of who is ignored."""

    def __init__(self, home: Home, service: Ignoring) -> None:
        self._home = home
        self._ignoring = service

    async def ignore(self, room: str, occupant_id: str, *, nick: str = "") -> None:
        await self._ignoring.ignore(await self._room(room), occupant_id, nick)

    async def unignore(self, room: str, occupant_id: str) -> None:
        await self._ignoring.heed(await self._room(room), occupant_id)

    async def ignored(self, room: str) -> Sequence[records.Ignored]:
        return await self._ignoring.list(await self._room(room) if room else "")

    async def _room(self, room: str) -> str:
        return await addressing.contact(self._home, room)
