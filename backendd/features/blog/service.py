"""Blogs of one profile: pages of them, from here and from their services."""

import logging
from collections.abc import Callable, Sequence

from backendd.api import records
from backendd.api.errors import BackendError, InvalidArgument, NotConnected, UnknownItem
from backendd.api.values import Value
from backendd.core import words
from backendd.core.entries import Feed
from backendd.features.blog import store
from backendd.session.home import Home
from backendd.store import entries, feeds
from backendd.store.entries import Place
from backendd.store.view import View

log = logging.getLogger(__name__)

MOST = 500
"""Entries of one page, for a caller."""

MOST_PAGES = 10
"""So many pages of a service are read for one of a caller."""


class Page(Value):
    """Entries, newest first, and where the next page begins; `is_offline`: as known before."""

    entries: Sequence[records.Entry]
    next: str = ""
    is_offline: bool = False


class Blogs:
    """Pages of blogs and of all that is followed, and single entries."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def page(self, feed: Feed, limit: int, after: str) -> Page:
        """Return a page of a blog, as its service has it now where that answers."""
        below, is_offline = _place(after), False
        if below is None:
            is_offline = not await self._is_refreshed(feed)
        found = await self._places(feed, below, limit + 1)
        for _ in range(MOST_PAGES):
            if len(found) > limit or is_offline or not await self._is_extended(feed):
                break
            found = await self._places(feed, below, limit + 1)
        at = await self._home.store.read(lambda view: feeds.extent(view, feed))
        page = await self._load(found, limit)
        if page.next or at.is_whole or is_offline or not found:
            return Page(page.entries, page.next, is_offline)
        return Page(page.entries, _written(found[-1]), is_offline)

    async def _is_refreshed(self, feed: Feed) -> bool:
        """Return whether the service was asked; raises why not, if nothing of it is here."""
        try:
            await self._home.feeds.refresh(feed)
        except UnknownItem:
            raise
        except BackendError as error:
            if not await self._places(feed, None, 1):
                raise
            log.info("%s: a blog can't be read: %s", self._home.profile.name, error)
            return False
        return True

    async def _is_extended(self, feed: Feed) -> bool:
        try:
            return await self._home.feeds.extend(feed)
        except NotConnected:
            return False

    async def _places(self, feed: Feed, below: Place | None, limit: int) -> list[Place]:
        def work(view: View) -> list[Place]:
            feed_id = feeds.find(view, feed)
            return [] if feed_id is None else entries.of_feed(view, feed_id, below, limit)

        return await self._home.store.read(work)

    async def timeline(self, limit: int, after: str, *, is_unread: bool) -> Page:
        """Return a page of all that is followed."""
        below = _place(after)
        found = await self._home.store.read(
            lambda view: entries.listed(view, below, limit + 1, is_unread=is_unread)
        )
        return await self._load(found, limit)

    async def _load(self, found: Sequence[Place], limit: int) -> Page:
        """Return the entries of these places, of which those above `limit` are the next page's."""
        shown = found[:limit]
        loaded = await self._home.store.read(lambda view: entries.load(view, shown))
        return Page(loaded, _written(shown[-1]) if len(found) > limit else "")

    async def get(self, feed: Feed, item: str) -> records.Entry:
        """Return an entry whole, from here or else from its service; UnknownItem."""
        if (here := await self._here(feed, item)) is not None:
            return here
        await self._home.feeds.fetch(feed, [item])
        if (here := await self._here(feed, item)) is None:
            raise UnknownItem("there is no such entry")
        return here

    async def _here(self, feed: Feed, item: str) -> records.Entry | None:
        def work(view: View) -> records.Entry | None:
            feed_id = feeds.find(view, feed)
            return None if feed_id is None else entries.get(view, feed_id, item)

        return await self._home.store.read(work)

    async def search(
        self, query: str, where: Callable[[Feed], bool] | None, *, before: int, limit: int
    ) -> Sequence[records.EntryHit]:
        """Return entries by their words, newest first, of feeds as `where` says or of all."""
        terms = words.parse(query)
        if not terms:
            return []

        def work(view: View) -> Sequence[records.EntryHit]:
            chosen = None if where is None else feeds.chosen(view, where)
            return store.find(view, terms, chosen, before=before, limit=limit)

        return await self._home.store.read_long(work)

    async def mark_read(self, feed: Feed, items: Sequence[str]) -> None:
        """Have entries of a feed be read, or all of them."""
        await self._home.store.write(
            lambda ledger: entries.mark_read(ledger, feeds.ensure(ledger, feed), items)
        )


def _place(written: str) -> Place | None:
    if not written:
        return None
    place, _, entry_id = written.rpartition("_")
    try:
        return Place(int(place), int(entry_id))
    except ValueError:
        raise InvalidArgument("after has to be next of the page before") from None


def _written(place: Place) -> str:
    return f"{place.place}_{place.id}"
