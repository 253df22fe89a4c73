"""Search, of the Messages interface."""

from collections.abc import Sequence
from typing import Any

from backendd.api import records
from backendd.api.errors import InvalidArgument
from backendd.bus.options import options as checked
from backendd.features.search.service import Search
from backendd.session import addressing
from backendd.session.session import Session

FOUND = 50
MOST = 500


class SearchMembers:
    """What callers see of `Search`."""

    def __init__(self, session: Session, service: Search) -> None:
        self._session = session
        self._search = service

    async def search(self, query: str, options: dict[str, Any]) -> Sequence[records.Hit]:
        self._session.require_unlocked()
        checked(options, peer=str, before=int, limit=int)
        limit: int = options.get("limit", FOUND)
        if not 0 < limit <= MOST:
            raise InvalidArgument(f"limit is 1 to {MOST}")
        peer = options.get("peer", "")
        return await self._search.find(
            query,
            peer=await addressing.peer(self._session, peer) if peer else "",
            before=options.get("before", 0),
            limit=limit,
        )
