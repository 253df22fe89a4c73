"""Items of publish-subscribe as entries."""

from collections.abc import Iterable

from backendd.api.errors import InvalidJid
from backendd.api.values import Value
from backendd.blog import atom
from backendd.core import jid
from backendd.core.entries import Content
from backendd.core.pubsub import Item


class Read(Value):
    """An entry as it was read, and the bare JID of its publisher, where the service says that."""

    id: str
    content: Content
    publisher: str


def read(items: Iterable[Item]) -> list[Read]:
    """Return what those items say that are entries. Long ones take a while."""
    found = []
    for item in items:
        content = atom.decode(item.payload) if item.payload is not None else None
        if content is not None:
            found.append(Read(item.id, content, _address(item.publisher)))
    return found


def _address(publisher: str) -> str:
    try:
        return jid.received(publisher).bare
    except InvalidJid:
        return ""
