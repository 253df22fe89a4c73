"""Pages of feeds: from here, and from their services where more is wanted than is here."""

import logging
from collections.abc import Callable, Mapping, Sequence

from backendd.api import records
from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    NotAllowed,
    NotConnected,
    UnknownItem,
)
from backendd.api.signature import Plain
from backendd.api.values import Value
from backendd.core import clock
from backendd.core.entries import EntriesShown, Feed
from backendd.core.hub import Hub
from backendd.session import blog_refusals
from backendd.session.feeds import Feeds
from backendd.store import entries, feed_states, feeds
from backendd.store.entries import Place
from backendd.store.ledger import ProfileStore
from backendd.store.view import View

log = logging.getLogger(__name__)

MOST = 500
"""Entries of one page, for a caller."""

MOST_PAGES = 10
"""So many pages of a service are read for one of a caller."""

_TOP = Place(1 << 62, 0)


class Page(Value):
    """Entries, newest first, and where the next page begins; `is_offline`: as known before.

    Then `error` is why, the name of one and a sentence, and `since` when; nothing where there is no
    connection.
    """

    entries: Sequence[records.Entry]
    next: str = ""
    is_offline: bool = False
    error: tuple[str, str] = ("", "")
    since: int = 0

    @property
    def about(self) -> Mapping[str, Plain]:
        """What callers are told of it beside its entries."""
        said = {"next": self.next, "offline": self.is_offline}
        return said | {"error": self.error, "since": self.since} if self.is_offline else said


class FeedPages:
    """Pages of feeds, and single entries; that somebody is given them is told (`EntriesShown`)."""

    def __init__(self, store: ProfileStore, feeds: Feeds, events: Hub) -> None:
        self._store = store
        self._feeds = feeds
        self._events = events

    async def page(
        self,
        feed: Feed,
        limit: int,
        after: str,
        *,
        has_likes: bool = True,
        has_markup: bool = True,
    ) -> Page:
        """Return a page of a feed, as its service has it now where that answers.

        Without likes it is one of what is said in comments.
        """
        below, is_offline = place(after), False
        if below is None:
            is_offline = not await self._is_refreshed(feed)

        def places(view: View) -> list[Place]:
            return _of(view, feed, below, limit + 1, has_likes=has_likes)

        found = await self._store.read(places)
        for _ in range(0 if is_offline else MOST_PAGES):
            if len(found) > limit or not await self._is_extended(feed):
                break
            found = await self._store.read(places)
        loaded, at = await self._store.read(
            lambda view: (
                entries.load(view, found[:limit], has_markup=has_markup),
                feeds.extent(view, feed),
            )
        )
        page = self._page(found, loaded, limit)
        if is_offline:
            return await self._as_before(feed, page)
        if page.next or at.is_whole:
            return page
        # More is there than was read for this page.
        last = found[-1] if found else below or _TOP
        return Page(page.entries, written(last))

    async def _as_before(self, feed: Feed, page: Page) -> Page:
        """Return a page with why it is as it was read before."""
        why, since = await self._store.read(lambda view: feed_states.failure(view, feed))
        return Page(page.entries, page.next, is_offline=True, error=why, since=since)

    async def _is_refreshed(self, feed: Feed) -> bool:
        """Return whether the service was asked; raises why not, if nothing of it is here."""
        why: BackendError | None = None
        is_connected, begun = True, clock.now_us()
        try:
            await self._feeds.refresh(feed)
        except BackendError as error:
            is_connected = not isinstance(error, NotConnected)
            why = blog_refusals.explained(error, feed)
            if not await self._store.read(lambda view: feeds.has_entries(view, feed)):
                raise why from error
            log.info("a feed can't be read: %s", error)
        if is_connected:
            await self._note(feed, why, begun)
        return why is None

    async def _note(self, feed: Feed, why: BackendError | None, begun: int) -> None:
        """Note why a feed can't be read, or that it can, where that is otherwise than before."""
        if await self._store.read(lambda view: feed_states.is_otherwise(view, feed, why)):
            await self._store.write(lambda ledger: feed_states.read(ledger, feed, why, begun))

    async def _is_extended(self, feed: Feed) -> bool:
        try:
            return await self._feeds.extend(feed)
        except NotConnected:
            return False

    async def get(self, feed: Feed, item: str) -> records.Entry:
        """Return an entry whole, from here or else from its service; UnknownItem."""
        here = await self._here(feed, item)
        if here is None:
            try:
                await self._feeds.fetch(feed, [item])
            except NotAllowed as error:
                raise blog_refusals.explained(error, feed) from error
            here = await self._here(feed, item)
        if here is None:
            raise UnknownItem("there is no such entry")
        self._events.publish(EntriesShown([here]))
        return here

    async def _here(self, feed: Feed, item: str) -> records.Entry | None:
        def work(view: View) -> records.Entry | None:
            feed_id = feeds.find(view, feed)
            return None if feed_id is None else entries.get(view, feed_id, item)

        return await self._store.read(work)

    async def read(
        self, find: Callable[[View, int], list[Place]], limit: int, has_markup: bool
    ) -> Page:
        """Return the entries of the first of those places that are found, as far as asked for."""

        def work(view: View) -> tuple[list[Place], list[records.Entry]]:
            found = find(view, limit + 1)
            return found, entries.load(view, found[:limit], has_markup=has_markup)

        found, loaded = await self._store.read(work)
        return self._page(found, loaded, limit)

    def _page(self, found: Sequence[Place], loaded: Sequence[records.Entry], limit: int) -> Page:
        """Return a page; of the places found those above `limit` are the next page's."""
        self._events.publish(EntriesShown(loaded))
        return Page(loaded, written(found[limit - 1]) if len(found) > limit else "")


def _of(view: View, feed: Feed, below: Place | None, limit: int, *, has_likes: bool) -> list[Place]:
    feed_id = feeds.find(view, feed)
    if feed_id is None:
        return []
    return entries.of_feed(view, feed_id, below, limit, has_likes=has_likes)


def place(written: str) -> Place | None:
    """Return the place that a page ended at, None for the first page; InvalidArgument."""
    if not written:
        return None
    at, _, entry_id = written.rpartition("_")
    try:
        return Place(int(at), int(entry_id))
    except ValueError:
        raise InvalidArgument("after has to be next of the page before") from None


def written(place: Place) -> str:
    """Return a place as pages tell it."""
    return f"{place.place}_{place.id}"


def checked(limit: int) -> int:
    """Return how many entries a page is to have; InvalidArgument."""
    if not 0 < limit <= MOST:
        raise InvalidArgument(f"limit has to be 1 to {MOST}")
    return limit
