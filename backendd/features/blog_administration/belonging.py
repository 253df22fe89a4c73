"""What belongs to a blog, comments on its entries and likes, is for its readers, and ends with it.

Each node of those is noted before anything is different, and is there until it has followed: also
where the connection ends in between, or we do.
"""

import asyncio
import logging
from collections.abc import Set
from functools import partial

from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotConnected,
    NotSupported,
    Timeout,
    UnknownItem,
)  # fmt: skip
from backendd.api.words import WarningWord
from backendd.core import attachments, clock, disco
from backendd.core.access import Access
from backendd.core.entries import COMMENTS, Feed
from backendd.core.uris import ItemAddress
from backendd.features.blog_administration import store
from backendd.features.blog_administration.store import Due
from backendd.session.blog_nodes import DISCUSSION
from backendd.session.home import Home

log = logging.getLogger(__name__)

WARNING: WarningWord = "access"

AT_ONCE = 4
"""Nodes that follow at the same time: a server has others to serve, and so has the stream."""


class Belonging:
    """Has the nodes that belong to blogs follow them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = asyncio.Lock()

    async def note(self, blog: Feed, some: Set[str] | None = None) -> None:
        """Have all that belongs to a blog follow it with the next `follow`, or `some` of it."""
        nodes, now = await self._of(blog), clock.now_us()
        nodes = nodes if some is None else nodes & some
        await self._home.store.write(lambda ledger: store.note(ledger, blog, nodes, now))

    async def _of(self, blog: Feed) -> set[str]:
        """Return the nodes of ours that belong to a blog."""
        home = self._home
        own = home.own
        ids, nodes = await home.store.read(lambda view: store.entries_of(view, blog, own))
        try:
            there = await home.disco.items(blog.service, blog.node)
            ids |= {each.name for each in there.items if each.name}
        except NotConnected:
            raise
        except BackendError as error:
            log.info("%s: a blog doesn't say what is in it: %s", home.profile.name, error)
        talks = {COMMENTS + each for each in ids}
        nodes |= talks
        if blog.service == own:
            nodes |= {attachments.node_of(ItemAddress(own, blog.node, each)) for each in ids}
        ours = {each.node for each in (await home.disco.items(own)).items}
        if len(ours) >= disco.MOST:
            return nodes  # there are more
        feeds = {blog, *(Feed(own, each) for each in talks)}
        likes = {each for each in ours if _is_liked_in(each, feeds)}
        return (nodes & ours) | likes

    def admit_soon(self, blog: Feed) -> None:
        """Have all that belongs to a blog be for somebody as well who reads it from now on."""
        self._home.do_soon(self._admit(blog), name="admit a reader")

    async def _admit(self, blog: Feed) -> None:
        try:
            await self.note(blog)
        except BackendError as error:
            log.info("%s: a reader isn't let in to comments: %s", self._home.profile.name, error)
            return
        await self.follow()

    def follow_soon(self) -> None:
        """Have all that is noted follow."""
        self._home.do_soon(self.follow(), name="follow a blog")

    async def follow(self) -> None:
        """Have all that is noted follow; what can't be reached now does on the next stream."""
        home = self._home
        async with self._turn:
            for blog in await home.store.read(store.blogs):
                try:
                    await self._follow(blog)
                except BackendError as error:
                    log.info("%s: nothing follows a blog now: %s", home.profile.name, error)
                    if isinstance(error, NotConnected):
                        return

    async def _follow(self, blog: Feed) -> None:
        home = self._home
        due = await home.store.read(lambda view: store.due(view, blog))
        try:
            access = (await home.blog_nodes.access(blog)).of_readers
        except UnknownItem:
            access = None
        except (NotAllowed, NotSupported):
            # It is somebody else's, and is as it was.
            await home.store.write(partial(store.forget, blog=blog))
            return
        for start in range(0, len(due), AT_ONCE):
            some = due[start : start + AT_ONCE]
            ended = await asyncio.gather(
                *(self._have_follow(each, access) for each in some), return_exceptions=True
            )
            for each in ended:
                if isinstance(each, BaseException):
                    raise each

    async def _have_follow(self, due: Due, access: Access | None) -> None:
        """Have one node follow; raises where that isn't known, and it stays noted."""
        home = self._home
        try:
            if access is None:
                await home.pubsub.delete(due.node)
            else:
                await home.blog_nodes.give(Feed(home.own, due.node), access, DISCUSSION)
        except UnknownItem:
            log.debug("%s: nothing to follow a blog: %s", home.profile.name, due.node)
        except (NotConnected, Timeout):
            raise
        except BackendError as error:
            self._warn(due, error)
        await home.store.write(lambda ledger: store.done(ledger, due))

    def _warn(self, due: Due, error: BackendError) -> None:
        self._home.warnings.add(
            WARNING, due.node, f"what was said of a post is not for its readers alone: {error}"
        )


def _is_liked_in(node: str, feeds: set[Feed]) -> bool:
    """Return whether it is likes of what is in one of these feeds that are in a node."""
    target = attachments.target_of(node)
    return target is not None and Feed(target.service, target.node) in feeds
