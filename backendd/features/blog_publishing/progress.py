"""How far what was written here is on its way: so many of so many, blog by blog."""

import asyncio
from collections.abc import Iterable, Sequence

from backendd.api import names, records
from backendd.api.values import Mutable, field
from backendd.api.words import EntryState
from backendd.bus.coalesce import Burst
from backendd.core.entries import COMMENTS, EntriesChanged, EntriesGone, Feed
from backendd.session.home import Home
from backendd.session.part import Outlet
from backendd.store import outgoing


class _Going(Mutable):
    """The items of a blog that wait or failed, and how many got out since none waited."""

    pending: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    published: int = 0

    def note(self, item: str, state: EntryState | None) -> bool:
        """Take in what an item is now, None: it is gone; return whether that is news."""
        before = (len(self.pending), len(self.failed), self.published)
        was_pending = item in self.pending
        if state == "pending" and not self.pending:
            self.published = 0
        for known, each in (("pending", self.pending), ("failed", self.failed)):
            (each.add if state == known else each.discard)(item)
        self.published += was_pending and state == "published"
        return before != (len(self.pending), len(self.failed), self.published)


class Progress:
    """Counts the posts of one profile that are on their way; comments are no posts."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._blogs: dict[Feed, _Going] = {}
        # What was told while what is stored is read; None: that was.
        self._told: set[tuple[Feed, str]] | None = set()
        self._is_known = asyncio.Event()
        self._changed: Burst[Feed] | None = None
        home.events.subscribe(EntriesChanged, self._on_changed)
        home.events.subscribe(EntriesGone, self._on_gone)
        home.tasks.start(self._load(), name="count posts on their way")

    def tell(self, outlet: Outlet) -> None:
        """Have it told on the bus what is different."""

        def send(feeds: Sequence[Feed]) -> None:
            outlet.emit(names.BLOG, "OutgoingChanged", [self._record(each) for each in feeds])

        self._changed = Burst(send, key=lambda each: each, is_clear=outlet.is_clear)

    async def all(self) -> list[records.Outgoing]:
        """Return the blogs for which something waits or has failed."""
        await self._is_known.wait()
        going = (each for each, known in self._blogs.items() if known.pending or known.failed)
        return [self._record(each) for each in going]

    async def _load(self) -> None:
        try:
            for feed, item, state in await self._home.store.read(outgoing.unpublished):
                if (feed, item) not in (self._told or ()):
                    self._note(feed, item, state)
        finally:
            self._told = None
            self._is_known.set()

    def _on_changed(self, event: EntriesChanged) -> None:
        for each in event.entries:
            self._take(Feed(each.service, each.node), (each.id,), each.state)

    def _on_gone(self, event: EntriesGone) -> None:
        self._take(event.feed, event.ids, None)

    def _take(self, feed: Feed, items: Iterable[str], state: EntryState | None) -> None:
        for each in items:
            if self._told is not None:
                self._told.add((feed, each))
            if feed in self._blogs or state in ("pending", "failed"):
                self._note(feed, each, state)

    def _note(self, feed: Feed, item: str, state: EntryState | None) -> None:
        if feed.node.startswith(COMMENTS):
            return
        is_news = self._blogs.setdefault(feed, _Going()).note(item, state)
        if is_news and self._changed is not None:
            self._changed.add(feed)

    def _record(self, feed: Feed) -> records.Outgoing:
        known = self._blogs[feed]
        return records.Outgoing(
            service=feed.service, node=feed.node, pending=len(known.pending),
            failed=len(known.failed), published=known.published,
        )  # fmt: skip
