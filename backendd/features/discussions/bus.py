"""The Blog interface: what is said to the user."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import UnknownItem
from backendd.api.words import DiscussionNotify
from backendd.core.entries import Feed
from backendd.session.home import Home
from backendd.store import discussion_likes, discussions, entries
from backendd.store.ledger import Ledger


class DiscussionMembers:
    """What callers see of what is said to the user."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def discussions(self) -> Sequence[records.Discussion]:
        return await self._home.store.read(discussions.listed)

    async def set_discussion(
        self, service: str, node: str, id: str, *, notify: DiscussionNotify = "all"
    ) -> None:
        feed = self._home.feeds.at(service, node)
        await self._home.store.write(lambda ledger: _set(ledger, feed, id, notify))

    async def see_likes(self, service: str, node: str, ids: Sequence[str]) -> None:
        feed = self._home.feeds.at(service, node)
        await self._home.store.write(lambda ledger: discussion_likes.see(ledger, feed, ids))


def _set(ledger: Ledger, feed: Feed, item: str, notify: DiscussionNotify) -> None:
    entry_id = entries.find(ledger, feed, item)
    if entry_id is None:
        raise UnknownItem("there is no such entry")
    discussions.set_notify(ledger, entry_id, notify)
