"""The blogs that a service has, with what it says of each (XEP-0060 5.2 and 5.4)."""

import asyncio
from collections.abc import Iterable, Sequence

from backendd.api import records
from backendd.api.errors import BackendError, NotConnected
from backendd.core import disco, jid
from backendd.core.attachments import PREFIX
from backendd.core.disco import Info, Item
from backendd.core.entries import COMMENTS, KINDS, MICROBLOG, SOCIAL_FEED, Feed
from backendd.core.node_metadata import Metadata
from backendd.core.rsm import Wanted
from backendd.session import services
from backendd.session.home import Home

AT_ONCE = 5
"""Nodes that are asked about at the same time."""


class Directory:
    """Lists blogs; raises what service discovery does, and InvalidJid."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def service(self) -> str:
        """Return the service of our server where groups have their blogs; empty without one."""
        return await services.find(self._home, _is_service)

    async def blogs(
        self, service: str, limit: int, after: str
    ) -> tuple[Sequence[records.BlogNode], str]:
        """Return the blogs that stand on a page of all nodes, and where the next page begins."""
        at = jid.bare(service) if service else self._home.own
        found = await self._home.disco.items(at, "", Wanted(limit, after))
        nodes = [each for each in found.items if each.node]
        if found.got is None:
            page, following = _cut(nodes, limit, after)
        else:
            is_last = not found.items or found.got.last in ("", after)
            page, following = nodes, "" if is_last else found.got.last
        may_be = [each for each in page if _may_be(each.node, is_account="@" in at)]
        return await self._told(at, may_be), following

    async def blog(self, feed: Feed) -> records.BlogNode:
        """Return what its service says of one blog, which may be nothing; asked once a stream."""
        said = await self.metadata(feed.service, feed.node)
        return records.BlogNode(
            service=feed.service, node=feed.node, title=said.title, description=said.description,
            access=said.access,
        )  # fmt: skip

    async def _told(self, at: str, nodes: Iterable[Item]) -> list[records.BlogNode]:
        turns = asyncio.Semaphore(AT_ONCE)

        async def tell(item: Item) -> records.BlogNode | None:
            async with turns:
                return _record(at, item, await self.metadata(at, item.node))

        told = await asyncio.gather(*map(tell, nodes))
        return [each for each in told if each is not None]

    async def metadata(self, service: str, node: str) -> Metadata:
        """Return what a service says of a node; nothing where it says nothing."""
        try:
            return Metadata.of(await self._home.disco.info(service, node))
        except NotConnected:
            raise
        except BackendError:
            return Metadata()


def _is_service(info: Info) -> bool:
    return info.has_identity("pubsub", "service")


def _may_be(node: str, *, is_account: bool) -> bool:
    """Return whether a node may be a blog by its name."""
    if node.startswith((COMMENTS, PREFIX)):
        return False
    return not is_account or node == MICROBLOG or node.startswith(SOCIAL_FEED) or ":" not in node


def _record(at: str, item: Item, said: Metadata) -> records.BlogNode | None:
    if said.type and said.type not in KINDS:
        return None
    return records.BlogNode(
        service=at, node=item.node, title=said.title or item.name, description=said.description,
        access=said.access,
    )  # fmt: skip


def _cut(nodes: Sequence[Item], limit: int, after: str) -> tuple[Sequence[Item], str]:
    """Return a page of all nodes, of which the service gives no pages."""
    ids = [each.node for each in nodes]
    start = ids.index(after) + 1 if after in ids else 0
    page = nodes[start : start + limit]
    has_more = start + limit < len(nodes) and len(nodes) <= disco.MOST
    return page, page[-1].node if has_more else ""
