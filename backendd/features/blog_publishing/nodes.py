"""The nodes that an entry needs: they are there, and keep all of it, before it is published."""

import asyncio
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    NotAllowed,
    NotSupported,
    ServerError,
    UnknownItem,
)  # fmt: skip
from backendd.blog import atom
from backendd.core.access import Access
from backendd.core.entries import COMMENTS, GALLERIES, Feed, NodeDeleted, kind_of
from backendd.core.passing import passes
from backendd.core.pubsub import Item
from backendd.core.uris import ItemAddress
from backendd.session import likes_nodes
from backendd.session.blog_nodes import BLOG, DISCUSSION, KEEPING, TYPE
from backendd.session.home import Home


class Nodes:
    """Makes the nodes of one profile's entries; what it has seen to counts for one stream."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._kept: set[Feed] = set()
        self._galleries: set[Feed] = set()
        home.events.subscribe(NodeDeleted, lambda event: self._kept.discard(event.feed))

    def forget(self) -> None:
        """See to all of them again: on another stream they may be others."""
        self._kept.clear()
        self._galleries.clear()

    async def prepare(self, feed: Feed, item: Item) -> None:
        """Have all nodes that an entry needs; raises why that can't be."""
        payload = item.payload
        if payload is None or feed.node.startswith(COMMENTS):
            return  # comments go where their node is already
        await self._keep(feed)
        content = await asyncio.to_thread(atom.decode, payload)
        if feed in self._galleries and (content is None or not content.has_picture):
            raise NotAllowed("this blog is a gallery, where each post has a picture: attach one")
        comments = content.comments if content is not None else None
        nodes = self._home.blog_nodes
        if comments == Feed(self._home.own, COMMENTS + item.id):
            access = await self._access(feed)
            await nodes.begin(comments, DISCUSSION, access.of_readers)
        if feed.service == self._home.own:
            await likes_nodes.have(self._home, ItemAddress(feed.service, feed.node, item.id))

    async def _keep(self, feed: Feed) -> None:
        """Have a blog, and the own one keep more than its last entry."""
        if feed in self._kept:
            return
        pubsub, nodes = self._home.pubsub, self._home.blog_nodes
        try:
            form = await pubsub.configuration(feed.node, service=nodes.service(feed))
        except UnknownItem:
            await nodes.begin(feed, {**BLOG, "type": kind_of(feed)}, Access())
        except (NotAllowed, ServerError) as error:
            if feed.service == self._home.own or passes(error):
                raise
            return  # it is somebody else's: whether we may publish there turns out
        else:
            if form.value(TYPE) in GALLERIES:
                self._galleries.add(feed)
            if feed.service == self._home.own:
                await pubsub.set_up(feed.node, KEEPING)
        self._kept.add(feed)

    async def _access(self, feed: Feed) -> Access:
        """Return who may see a blog; NotAllowed where it doesn't say."""
        try:
            return await self._home.blog_nodes.access(feed)
        except (NotAllowed, ServerError) as error:
            # Its owner alone is told whom it is for, but all may know that it is for all.
            if await self._is_open(feed):
                return Access()
            raise NotAllowed(
                "comments can't be for the readers of this blog alone, since it doesn't say who "
                "those are: publish without comments"
            ) from error

    async def _is_open(self, feed: Feed) -> bool:
        """Return whether a blog says that it is for all; NotAllowed where it says nothing."""
        try:
            return (await self._home.blog_nodes.metadata(feed)).access == "open"
        except UnknownItem as error:
            raise NotAllowed(f"{feed.service} has no such blog, and lets you make none") from error
        except (NotAllowed, NotSupported, ServerError) as error:
            raise NotAllowed(f"nothing can be published at {feed.service}: {error}") from error


def published(stanza: Element, own: str) -> tuple[Feed, Item] | None:
    """Return what a stanza publishes of entries, and where; None where it is another stanza."""
    found = next(iter(stanza.iter(f"{{{atom.ATOM}}}entry")), None)
    publish = stanza.find("{*}pubsub/{*}publish")
    item = publish.find("{*}item") if publish is not None else None
    if found is None or publish is None or item is None:
        return None
    return Feed(stanza.get("to") or own, publish.get("node", "")), Item(item.get("id", ""), found)
