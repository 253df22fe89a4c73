"""The list of what is followed that an account keeps for all of its clients (XEP-0330)."""

import hashlib

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.api.values import Value
from backendd.core import jid, xml
from backendd.core.entries import Feed
from backendd.core.pubsub import Item, Options

NODE = "urn:xmpp:pubsub:subscription"
SUBSCRIPTION = "urn:xmpp:pubsub:subscription:0"

OPTIONS: Options = {"access_model": "whitelist", "persist_items": True, "max_items": "max"}
"""The list is nobody else's business, unless another client has made it so."""


class Kept(Value):
    """A feed in the list, and what that calls it."""

    feed: Feed
    name: str = ""


def encode(kept: Kept, own: str) -> Item:
    """Return an item of the list of an account."""
    title = [xml.element(SUBSCRIPTION, "title", text=kept.name)] if kept.name else []
    at = {"server": kept.feed.service, "node": kept.feed.node}
    return Item(item_id(kept.feed, own), xml.element(SUBSCRIPTION, "subscription", at, title))


def item_id(feed: Feed, own: str) -> str:
    """Return what a feed is called in the list of an account."""
    said = f"{feed.service}<{feed.node}<{own}"
    return hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()


def decode(item: Item) -> Kept | None:
    """Return what an item of the list says; None where it says nothing that can be read."""
    found = item.payload
    if found is None or found.tag != f"{{{SUBSCRIPTION}}}subscription":
        return None
    node = found.get("node", "")
    name = text.clean_line(xml.child_text(found, SUBSCRIPTION, "title"), limit=200)
    try:
        service = jid.parse(found.get("server", "")).bare
    except InvalidJid:
        return None
    return Kept(Feed(service, node), name) if node else None
