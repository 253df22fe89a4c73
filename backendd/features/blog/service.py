"""Blogs of one profile: pages of them, single entries, and what is found in them."""

from collections.abc import Callable, Sequence

from backendd.api import records
from backendd.api.errors import UnknownItem
from backendd.api.words import BlogNotify
from backendd.core import tags, words
from backendd.core.entries import Feed
from backendd.features.blog import store
from backendd.session import feed_pages
from backendd.session.feed_pages import FeedPages, Page
from backendd.session.home import Home
from backendd.store import entries, entry_records, feeds, publication_rows
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Blogs:
    """Pages of blogs and of all that is followed, and single entries."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._pages = FeedPages(home.store, home.feeds, home.events)

    async def page(self, feed: Feed, limit: int, after: str, *, has_markup: bool) -> Page:
        """Return a page of a blog, as its service has it now where that answers."""
        return await self._pages.page(feed, limit, after, has_markup=has_markup)

    async def timeline(self, limit: int, after: str, *, is_unread: bool, has_markup: bool) -> Page:
        """Return a page of all that is followed."""
        below = feed_pages.place(after)
        return await self._pages.read(
            lambda view, most: entries.listed(view, below, most, is_unread=is_unread),
            *(limit, has_markup),
        )

    async def unpublished(self, limit: int, after: str, *, has_markup: bool) -> Page:
        """Return a page of what was written here and is not published."""
        below = feed_pages.place(after)
        return await self._pages.read(
            lambda view, most: entries.unpublished(view, below, most), *(limit, has_markup)
        )

    async def get(self, feed: Feed, item: str) -> records.Entry:
        """Return an entry whole, from here or else from its service; UnknownItem."""
        return await self._pages.get(feed, item)

    async def published(self, feed: Feed, item: str) -> records.Entry:
        """Return an entry as it is published, where a change of it waits or failed; UnknownItem."""
        known = await self._home.publishing.known(feed, item)

        def work(view: View) -> records.Entry | None:
            says = publication_rows.published(view, known.id)
            return None if says is None else entry_records.saying(view, known.id, says)

        if (found := await self._home.store.read(work)) is None:
            raise UnknownItem("this entry is not published")
        return found

    async def search(
        self,
        query: str,
        where: Callable[[Feed], bool] | None,
        *,
        before: int,
        limit: int,
        has_markup: bool,
    ) -> Sequence[records.EntryHit]:
        """Return entries by words and tags, newest first, of feeds as `where` says or of all."""
        said, tagged = tags.parse(query)
        terms = words.parse(said)
        if not (terms or tagged):
            return []

        def work(view: View) -> Sequence[records.EntryHit]:
            chosen = None if where is None else feeds.chosen(view, where)
            places = store.find(view, terms, tagged, chosen, before=before, limit=limit)
            return store.hits(view, places, terms, has_markup=has_markup)

        return await self._home.store.read_long(work)

    async def mark_read(self, feed: Feed, items: Sequence[str]) -> None:
        """Have entries of a feed be read, or all of them."""
        await self._home.store.write(
            lambda ledger: entries.mark_read(ledger, feeds.ensure(ledger, feed), items)
        )

    async def set_notify(self, feed: Feed, notify: BlogNotify) -> None:
        """Have what is new in a feed be worth a notice, or not; UnknownItem."""

        def work(ledger: Ledger) -> None:
            if not feeds.set_notify(ledger, feed, notify):
                raise UnknownItem("this blog isn't followed")

        await self._home.store.write(work)
