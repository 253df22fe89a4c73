"""Reading feeds (XEP-0277): what is written in nodes of services comes here page by page."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from weakref import WeakValueDictionary

from backendd.api.errors import UnknownItem
from backendd.blog import items
from backendd.blog.items import Read
from backendd.core import clock, jid
from backendd.core.entries import MICROBLOG, Feed
from backendd.core.pubsub import Item, Order
from backendd.core.rsm import Wanted
from backendd.session.pageless import Listed
from backendd.session.pubsub import Pubsub
from backendd.store import entries, feeds, gone_entries
from backendd.store.entries import Arrival
from backendd.store.feeds import Extent
from backendd.store.ledger import Ledger, ProfileStore

PAGE = 50
"""Entries that are asked for at a time."""

MOST_NEW = 500
"""So many new entries are read at once; those below are older ones then, and read on demand."""


class Feeds:
    """Reads the newest entries of a feed, older ones and single ones, into the store.

    All raise what `Pubsub` does. `own` is the bare JID of the account.
    """

    def __init__(self, store: ProfileStore, pubsub: Pubsub, own: Callable[[], str]) -> None:
        self._store = store
        self._pubsub = pubsub
        self._own = own
        self._extending: WeakValueDictionary[Feed, asyncio.Lock] = WeakValueDictionary()

    def at(self, service: str, node: str) -> Feed:
        """Return the feed that a caller means: nothing is the own account, and a blog of its own.

        InvalidJid.
        """
        return Feed(jid.bare(service) if service else self._own(), node or MICROBLOG)

    async def refresh(self, feed: Feed) -> None:
        """Have what is new in a feed, down to what was here already.

        Of a feed that was never read it is one page. Where all of it was seen, what is gone
        there goes here as well.
        """
        begun = await self._store.read(lambda view: feeds.knowledge(view, feed))
        order = await self._order(feed)
        seen: list[str] = []
        wanted: Wanted | None = Wanted(PAGE, before="")
        is_met = False
        while wanted is not None and not is_met and len(seen) < MOST_NEW:
            listed = await self._page(feed, wanted, order, had=len(seen))
            here = {each.id for each in listed.items}
            read = await _read(listed.items)
            news = await self._keep(feed, read, begun.revision, is_news=True)
            seen += (each.id for each in reversed(listed.items))
            # One that is known and says something else may have been moved up by that.
            is_first = not begun.ids and not begun.is_read
            is_met = is_first or not begun.ids.isdisjoint(here - news)
            wanted = listed.next
        at = _extent(wanted)
        # Those of the first page were stored first, and stand above only where they are newer.
        fresh = [each for each in seen if each not in begun.ids]

        def work(ledger: Ledger) -> None:
            feed_id = feeds.ensure(ledger, feed)
            if at.is_whole:
                gone_entries.keep_only(ledger, feed_id, seen, as_of=begun.revision)
            if len(fresh) > PAGE:
                entries.arrange(ledger, feed_id, fresh)
            if at.is_whole or not begun.ids or not is_met:
                feeds.reach(ledger, feed_id, at)

        await self._store.write(work)
        if order and begun.ids and not at.is_whole:
            await self._read_changed(feed, begun.revision)

    async def _read_changed(self, feed: Feed, begun: int) -> None:
        """Have what is known and was changed, however old it is."""
        wanted: Wanted | None = Wanted(PAGE, before="")
        count, is_met = 0, False
        while wanted is not None and not is_met and count < MOST_NEW:
            listed = await self._page(feed, wanted, "modification")
            news = await self._keep(feed, await _read(listed.items), begun)
            is_met = any(each.id not in news for each in listed.items)
            count += len(listed.items)
            wanted = listed.next

    async def extend(self, feed: Feed) -> bool:
        """Have a page of older entries than are here; return False where there are none.

        Two that want one have the same.
        """
        wanted = await self._store.read(lambda view: feeds.extent(view, feed))
        async with self._extending.setdefault(feed, asyncio.Lock()):
            return await self._extend(feed, wanted)

    async def _extend(self, feed: Feed, wanted: Extent) -> bool:
        begun, at, had = await self._store.read(
            lambda view: (view.revision, feeds.extent(view, feed), feeds.count(view, feed))
        )
        if at != wanted:
            return True
        if at.is_whole:
            return False
        order = await self._order(feed)
        try:
            listed = await self._page(feed, Wanted(PAGE, before=at.cursor), order, had=had)
        except UnknownItem:
            if not at.cursor:
                raise
            # The entry to go on from is gone: from the newest on there is a way down again.
            listed = await self._page(feed, Wanted(PAGE, before=""), order)
        # The newest first: each stands below those that are here.
        found = await _read(listed.items[::-1])
        await self._keep(feed, found, begun, _extent(listed.next), is_older=True)
        return True

    async def fetch(self, feed: Feed, ids: Sequence[str], *, is_news: bool = False) -> None:
        """Have these entries as they are now; those that are gone are gone here as well."""
        begun = await self._store.read(lambda view: view.revision)
        found = await self._pubsub.items.named(feed.node, ids, service=self._service(feed))
        await self._keep(feed, await _read(found), begun, is_news=is_news)
        gone = set(ids) - {each.id for each in found}
        if gone:
            await self._store.write(
                lambda ledger: gone_entries.retract(
                    ledger, feeds.ensure(ledger, feed), gone, as_of=begun
                )
            )

    async def _order(self, feed: Feed) -> Order:
        """Return in which order a feed is to be read: one that no change of an entry changes."""
        has_order = await self._pubsub.has_order(service=self._service(feed))
        return "creation" if has_order else ""

    async def _page(self, feed: Feed, wanted: Wanted, order: Order, *, had: int = 0) -> Listed:
        service = self._service(feed)
        return await self._pubsub.items.page(
            feed.node, wanted, service=service, order=order, had=had
        )

    async def _keep(
        self,
        feed: Feed,
        read: Iterable[Read],
        begun: int,
        at: Extent | None = None,
        *,
        is_news: bool = False,
        is_older: bool = False,
    ) -> set[str]:
        """Store what was read, and how far down that is; return what of it is news.

        Nothing is overwritten that is known since a revision later than `begun`.
        """
        own, now = self._own(), clock.now_us()

        def work(ledger: Ledger) -> set[str]:
            feed_id = feeds.ensure(ledger, feed)
            if at is not None:
                feeds.reach(ledger, feed_id, at)
            news = set()
            for each in read:
                arrival = Arrival(own, now, each.publisher, begun, is_news, is_older)
                is_gone = gone_entries.is_gone(ledger, feed_id, each.id, begun)
                if not is_gone and entries.save(ledger, feed_id, each.id, each.content, arrival):
                    news.add(each.id)
            return news

        return await self._store.write(work)

    def _service(self, feed: Feed) -> str:
        return "" if feed.service == self._own() else feed.service


async def _read(found: Sequence[Item]) -> list[Read]:
    return await asyncio.to_thread(items.read, found)


def _extent(following: Wanted | None) -> Extent:
    return Extent("" if following is None else following.before or "", following is None)
