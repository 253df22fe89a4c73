"""The part that reads and follows blogs, with its interface."""

import asyncio
import logging
from collections.abc import Mapping

from backendd.api import names
from backendd.api.errors import BackendError, UnknownItem
from backendd.core.entries import (
    GALLERY,
    MICROBLOG,
    SOCIAL_FEED,
    EntriesNamed,
    FeedOpened,
    FeedReadable,
    NodeDeleted,
)  # fmt: skip
from backendd.features.blog import following, stanza, store
from backendd.features.blog.bus import BlogMembers
from backendd.features.blog.following import Following
from backendd.features.blog.service import Blogs
from backendd.features.blog.signals import BlogSignals
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part
from backendd.store import gone_entries
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

INDEXED = 20
"""Entries that are indexed in one transaction."""

PAUSE_S = 0.05


class BlogPart(Part):
    """Reads what is new whenever there is a stream, and serves what is here at any time."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._following = Following(home)
        self._members = BlogMembers(home, Blogs(home), self._following)
        home.pubsub.events.on_items(stanza.NODE, following.on_list, whose="own")
        home.events.subscribe(EntriesNamed, self._on_named)
        home.events.subscribe(FeedOpened, self._on_opened)
        home.events.subscribe(FeedReadable, self._on_readable)
        home.events.subscribe(NodeDeleted, self._on_deleted)
        home.tasks.start(self._index(), name="index entries")

    @property
    def disco_features(self) -> tuple[str, ...]:
        return (SOCIAL_FEED, GALLERY, f"{MICROBLOG}+notify")

    def interfaces(self) -> Mapping[str, object]:
        return {names.BLOG: self._members}

    def tell(self, outlet: Outlet) -> None:
        BlogSignals(self._home, outlet)

    def replaced(self, ledger: Ledger) -> None:
        gone_entries.forget_gone(ledger)

    async def set_up(self, *, resumed: bool) -> None:
        if not resumed:
            self._home.do_soon(self._catch_up(), name="read blogs")

    async def _catch_up(self) -> None:
        has_nodes = await self._has_nodes()
        if has_nodes:
            await self._following.take_list()
        await self._following.ask_pending()
        await self._following.read_all(and_own=has_nodes)

    async def _has_nodes(self) -> bool:
        """Return whether the account has nodes of its own (XEP-0163 6)."""
        try:
            info = await self._home.disco.info(self._home.own)
        except BackendError:
            return False
        return info.has_identity("pubsub", "pep")

    def _on_named(self, event: EntriesNamed) -> None:
        self._home.do_soon(self._fetch(event), name="read entries")

    def _on_opened(self, event: FeedOpened) -> None:
        self._home.do_soon(self._following.read([event.feed]), name="read a blog")

    def _on_readable(self, event: FeedReadable) -> None:
        self._home.do_soon(self._following.be_told(event.feed), name="follow a blog again")

    def _on_deleted(self, event: NodeDeleted) -> None:
        if event.is_by_us:
            self._home.do_soon(self._leave(event), name="leave a blog")

    async def _leave(self, event: NodeDeleted) -> None:
        try:
            await self._following.leave(event.feed)
        except UnknownItem:
            return  # it was not followed
        except BackendError as error:
            log.info("%s: a blog can't be left: %s", self._home.profile.name, error)

    async def _fetch(self, event: EntriesNamed) -> None:
        try:
            await self._home.feeds.fetch(event.feed, event.ids, is_news=True)
        except BackendError as error:
            log.info("%s: entries can't be read: %s", self._home.profile.name, error)

    async def _index(self) -> None:
        is_any_left = True
        while is_any_left:
            is_any_left = await self._home.store.write(lambda each: store.extend(each, INDEXED))
            await asyncio.sleep(PAUSE_S)


FEATURE = Feature("blog", BlogPart)
