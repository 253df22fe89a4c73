"""The Roster interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.features.roster.service import Roster
from backendd.session import addressing
from backendd.session.home import Home


class RosterMembers:
    """What callers see of `Roster`."""

    def __init__(self, home: Home, service: Roster) -> None:
        self._home = home
        self._roster = service

    async def list(self) -> Sequence[records.Contact]:
        return await self._roster.list()

    async def set(self, jid: str, name: str, groups: Sequence[str]) -> None:
        await self._roster.set(await addressing.contact(self._home, jid), name, groups)

    async def remove(self, jid: str) -> None:
        await self._roster.remove(await addressing.contact(self._home, jid))

    async def subscribe(self, jid: str, *, text: str = "") -> None:
        also = self._roster.approved
        await self._roster.subscribe(await addressing.contact(self._home, jid, also=also), text)

    async def unsubscribe(self, jid: str) -> None:
        await self._roster.unsubscribe(await addressing.contact(self._home, jid))

    async def approve(self, jid: str) -> None:
        await self._roster.approve(await addressing.contact(self._home, jid))

    async def deny(self, jid: str) -> None:
        await self._roster.deny(await addressing.contact(self._home, jid))

    async def resources(self) -> Sequence[records.Resource]:
        return await self._roster.resources()

    async def requests(self) -> Sequence[records.Request]:
        return await self._roster.requests()
