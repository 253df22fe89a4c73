"""The Blog interface: reading and following."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.errors import InvalidArgument
from backendd.api.signature import Plain
from backendd.core import jid
from backendd.core.entries import MICROBLOG, Feed
from backendd.features.blog.following import Following
from backendd.features.blog.service import MOST, Blogs, Page
from backendd.session.home import Home


class BlogMembers:
    """What callers see of blogs."""

    def __init__(self, home: Home, blogs: Blogs, following: Following) -> None:
        self._home = home
        self._blogs = blogs
        self._following = following

    async def list(
        self, service: str, node: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        page = await self._blogs.page(self._feed(service, node), _checked(limit), after)
        return page.entries, {"next": page.next, "offline": page.is_offline}

    async def get(self, service: str, node: str, id: str) -> records.Entry:
        return await self._blogs.get(self._feed(service, node), id)

    async def timeline(
        self, *, limit: int = 50, after: str = "", unread: bool = False
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        page: Page = await self._blogs.timeline(_checked(limit), after, is_unread=unread)
        return page.entries, {"next": page.next}

    async def search(
        self, query: str, *, service: str = "", node: str = "", before: int = 0, limit: int = 50
    ) -> Sequence[records.EntryHit]:
        where = None
        if service or node:
            at = self._feed(service, node)
            where = (lambda feed: feed == at) if node else (lambda feed: feed.service == at.service)
        return await self._blogs.search(query, where, before=before, limit=_checked(limit))

    async def mark_read(self, service: str, node: str, ids: Sequence[str]) -> None:
        await self._blogs.mark_read(self._feed(service, node), ids)

    async def subscribe(self, service: str, node: str) -> None:
        await self._following.follow(self._feed(service, node))

    async def unsubscribe(self, service: str, node: str) -> None:
        await self._following.leave(self._feed(service, node))

    async def subscriptions(self) -> Sequence[records.Subscription]:
        return await self._following.followed()

    def _feed(self, service: str, node: str) -> Feed:
        return Feed(jid.bare(service) if service else self._home.own, node or MICROBLOG)


def _checked(limit: int) -> int:
    if not 0 < limit <= MOST:
        raise InvalidArgument(f"limit has to be 1 to {MOST}")
    return limit
