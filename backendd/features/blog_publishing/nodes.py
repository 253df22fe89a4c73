"""The nodes that an entry needs: they are there, and keep all of it, before it is published."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotAllowed, NotConnected, ServerError, UnknownItem
from backendd.blog import atom
from backendd.core import uris
from backendd.core.entries import COMMENTS, MICROBLOG, SOCIAL_FEED, Feed
from backendd.core.fields import Form
from backendd.core.pubsub import Item, Options
from backendd.core.uris import ItemAddress
from backendd.session.home import Home

log = logging.getLogger(__name__)

ATTACHMENTS = "urn:xmpp:pubsub-attachments:1"

_KEEPING: Options = {"persist_items": True, "max_items": "max"}
_BLOG: Options = {
    **_KEEPING, "access_model": "open", "publish_model": "publishers", "notify_retract": True,
}  # fmt: skip
_ACCESS = "pubsub#access_model"
_GROUPS = "pubsub#roster_groups_allowed"


class Nodes:
    """Makes the nodes of one profile's entries; what it has seen to counts for one stream."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._kept: set[Feed] = set()

    def forget(self) -> None:
        """See to all of them again: on another stream they may be others."""
        self._kept.clear()

    async def prepare(self, feed: Feed, item: Item) -> None:
        """Have all nodes that an entry needs; raises why that can't be."""
        payload = item.payload
        if payload is None or feed.node.startswith(COMMENTS):
            return  # comments go where their node is already
        await self._keep(feed)
        content = await asyncio.to_thread(atom.decode, payload)
        comments = content.comments if content is not None else None
        if comments == Feed(self._home.own, COMMENTS + item.id):
            await self._open(comments, await self._access(feed))
        if feed.service == self._home.own:
            await self._attach(feed, item.id)

    async def _keep(self, feed: Feed) -> None:
        """Have a blog, and the own one keep more than its last entry."""
        if feed in self._kept:
            return
        pubsub, at = self._home.pubsub, self._at(feed)
        try:
            await pubsub.configuration(feed.node, service=at)
        except UnknownItem:
            kind = MICROBLOG if feed.node == MICROBLOG else SOCIAL_FEED
            await self._make(feed, {**_BLOG, "type": kind})
        except (NotAllowed, ServerError):
            if feed.service == self._home.own:
                raise
            return  # it is somebody else's: whether we may publish there turns out
        else:
            if feed.service == self._home.own:
                await pubsub.set_up(feed.node, _KEEPING)
        self._kept.add(feed)

    async def _access(self, feed: Feed) -> tuple[Options, Sequence[str]]:
        """Return who may see a blog, as options and members; NotAllowed where it doesn't say."""
        pubsub, at = self._home.pubsub, self._at(feed)
        try:
            form = await pubsub.configuration(feed.node, service=at)
            members: Mapping[str, str] = {}
            if form.value(_ACCESS) == "whitelist":
                members = await pubsub.affiliations(feed.node, service=at)
        except (NotAllowed, ServerError) as error:
            raise NotAllowed(
                "comments can't be for the readers of this blog alone, since it doesn't say who "
                "those are: publish without comments"
            ) from error
        return _same(form), [each for each, what in members.items() if what != "outcast"]

    async def _open(self, comments: Feed, access: tuple[Options, Sequence[str]]) -> None:
        """Have a node in which those may comment who see the entry."""
        options, members = access
        wanted = {**_KEEPING, "notify_retract": True, **options, "publish_model": "open"}
        if not await self._make(comments, wanted):
            return
        others = {each: "member" for each in members if each != self._home.own}
        if others:
            await self._home.pubsub.affiliate(comments.node, others)

    async def _attach(self, feed: Feed, item: str) -> None:
        """Have a node in which others like the entry (XEP-0470), as far as the server lets us."""
        own = self._home.own
        try:
            if ATTACHMENTS in (await self._home.disco.info(own)).features:
                return  # it makes them itself
            options, members = await self._access(feed)
            node = f"{ATTACHMENTS}/{uris.encode(ItemAddress(own, feed.node, item))}"
            await self._open(Feed(own, node), (options, members))
        except NotConnected:
            raise
        except BackendError as error:
            log.info("%s: nobody can like an entry: %s", self._home.profile.name, error)

    async def _make(self, feed: Feed, options: Options) -> bool:
        """Make a node; return False where it is there already."""
        try:
            await self._home.pubsub.create(feed.node, service=self._at(feed), options=options)
        except ServerError as error:
            if error.condition != "conflict":
                raise
            return False
        return True

    def _at(self, feed: Feed) -> str:
        return "" if feed.service == self._home.own else feed.service


def published(stanza: Element, own: str) -> tuple[Feed, Item] | None:
    """Return what a stanza publishes of entries, and where; None where it is another stanza."""
    found = next(iter(stanza.iter(f"{{{atom.ATOM}}}entry")), None)
    publish = stanza.find("{*}pubsub/{*}publish")
    item = publish.find("{*}item") if publish is not None else None
    if found is None or publish is None or item is None:
        return None
    return Feed(stanza.get("to") or own, publish.get("node", "")), Item(item.get("id", ""), found)


def _same(form: Form) -> Options:
    groups = tuple(form.values(_GROUPS))
    return {"access_model": form.value(_ACCESS) or "open"} | (
        {"roster_groups_allowed": groups} if groups else {}
    )
