"""Search, of the Messages interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import InvalidArgument
from backendd.features.search.service import Search
from backendd.session import addressing
from backendd.session.home import Home

FOUND = 50
MOST = 500


class SearchMembers:
    """What callers see of `Search`."""

    def __init__(self, home: Home, service: Search) -> None:
        self._home = home
        self._search = service

    async def search(
        self, query: str, *, peer: str = "", before: int = 0, limit: int = FOUND
    ) -> Sequence[records.Hit]:
        if not 0 < limit <= MOST:
            raise InvalidArgument(f"limit has to be 1 to {MOST}")
        return await self._search.find(
            query,
            peer=(await addressing.conversation(self._home, peer)).jid if peer else "",
            before=before,
            limit=limit,
        )
