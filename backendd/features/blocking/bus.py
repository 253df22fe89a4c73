"""Block, Unblock and Blocked, of the Roster interface."""

from collections.abc import Sequence

from backendd.api.words import Report
from backendd.core import jid
from backendd.features.blocking.service import Blocking
from backendd.session import addressing
from backendd.session.home import Home


class BlockingMembers:
    """What callers see of who is blocked."""

    def __init__(self, home: Home, service: Blocking) -> None:
        self._home = home
        self._blocking = service

    async def block(self, jid: str, *, report: Report = "") -> None:
        whom = await addressing.correspondent(self._home, jid)
        await self._blocking.block(whom.jid, report)

    async def unblock(self, jid: str) -> None:
        await self._blocking.unblock(_listed(jid))

    async def blocked(self) -> Sequence[str]:
        return await self._blocking.list()


def _listed(text: str) -> str:
    """Return `text` as the list would have it, which other clients write as well."""
    return jid.received(text).full
