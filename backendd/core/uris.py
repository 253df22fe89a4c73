"""Addresses of nodes and items as links (RFC 5122, XEP-0060 12.22)."""

from functools import lru_cache
from urllib.parse import quote, unquote

from backendd.api.errors import InvalidJid
from backendd.api.values import Value
from backendd.core import jid

SCHEME = "xmpp:"

MOST = 4096
"""Characters of the longest link that is read."""


class ItemAddress(Value):
    """Where an item is, or a node where `item` is empty; `service` is a bare JID."""

    service: str
    node: str
    item: str = ""


def encode(address: ItemAddress) -> str:
    """Return the link to a node or an item.

    It is written as Movim reads it: the node comes first, and all but letters and digits is
    escaped in it.
    """
    found = _node(address.service, address.node)
    return f"{found};item={_quoted(address.item)}" if address.item else found


@lru_cache(maxsize=128)
def _node(service: str, node: str) -> str:
    """Return the link to a node: a page of entries has the same ones again and again."""
    return f"{SCHEME}{quote(service, safe='@')}?;node={_quoted(node)}"


def decode(uri: str) -> ItemAddress | None:
    """Return the node or item that a link leads to; None where it leads to neither."""
    if len(uri) > MOST or uri[: len(SCHEME)].lower() != SCHEME:
        return None
    path, _, query = uri[len(SCHEME) :].partition("#")[0].partition("?")
    pairs = [each.strip().partition("=") for each in query.replace("&", ";").split(";")]
    found = {key: unquote(value) for key, _, value in pairs}
    node = found.get("node", "")
    try:
        service = jid.parse(unquote(path.strip().removeprefix("//"))).bare
    except InvalidJid:
        return None
    return ItemAddress(service, node, found.get("item", "")) if node else None


def _quoted(part: str) -> str:
    return quote(part, safe="")
