"""Search, of the Messages interface."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import InvalidArgument
from backendd.core import jid
from backendd.features.search.service import Search
from backendd.features.search.store import Narrowed
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
        self,
        query: str,
        *,
        peer: str = "",
        sender: str = "",
        since: int = 0,
        until: int = 0,
        in_order: bool = False,
        before: int = 0,
        limit: int = FOUND,
    ) -> Sequence[records.Hit]:
        if not 0 < limit <= MOST:
            raise InvalidArgument(f"limit has to be 1 to {MOST}")
        if in_order and not peer:
            raise InvalidArgument("in_order is about one conversation: peer says which one")
        where = Narrowed(
            peer=(await addressing.conversation(self._home, peer)).jid if peer else "",
            sender=jid.received(sender).full if sender else "",
            since=since,
            until=until,
            in_order=in_order,
        )
        return await self._search.find(query, where, before=before, limit=limit)
