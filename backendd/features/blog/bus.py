"""The Blog interface: reading and following."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.api.words import BlogNotify
from backendd.features.blog.following import Following
from backendd.features.blog.service import Blogs
from backendd.session.feed_pages import Page, checked
from backendd.session.home import Home


class BlogMembers:
    """What callers see of blogs."""

    def __init__(self, home: Home, blogs: Blogs, following: Following) -> None:
        self._at = home.feeds.at
        self._blogs = blogs
        self._following = following

    async def list(
        self, service: str, node: str, *, limit: int = 50, after: str = "", markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        feed = self._at(service, node)
        page = await self._blogs.page(feed, checked(limit), after, has_markup=markup)
        return page.entries, page.about

    async def get(
        self, service: str, node: str, id: str, *, published: bool = False
    ) -> records.Entry:
        feed = self._at(service, node)
        return await (self._blogs.published(feed, id) if published else self._blogs.get(feed, id))

    async def timeline(
        self, *, limit: int = 50, after: str = "", unread: bool = False, markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        page: Page = await self._blogs.timeline(
            checked(limit), after, is_unread=unread, has_markup=markup
        )
        return page.entries, {"next": page.next}

    async def unpublished(
        self, *, limit: int = 50, after: str = "", markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]:
        page = await self._blogs.unpublished(checked(limit), after, has_markup=markup)
        return page.entries, {"next": page.next}

    async def search(
        self,
        query: str,
        *,
        service: str = "",
        node: str = "",
        before: int = 0,
        limit: int = 50,
        markup: bool = True,
    ) -> Sequence[records.EntryHit]:
        where = None
        if service or node:
            at = self._at(service, node)
            where = (lambda feed: feed == at) if node else (lambda feed: feed.service == at.service)
        return await self._blogs.search(
            query, where, before=before, limit=checked(limit), has_markup=markup
        )

    async def mark_read(self, service: str, node: str, ids: Sequence[str]) -> None:
        await self._blogs.mark_read(self._at(service, node), ids)

    async def subscribe(self, service: str, node: str) -> None:
        await self._following.follow(self._at(service, node))

    async def unsubscribe(self, service: str, node: str) -> None:
        await self._following.leave(self._at(service, node))

    async def set_subscription(
        self, service: str, node: str, *, notify: BlogNotify = "all"
    ) -> None:
        await self._blogs.set_notify(self._at(service, node), notify)

    async def subscriptions(self) -> Sequence[records.Subscription]:
        return await self._following.followed()
