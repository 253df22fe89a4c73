"""Nicknames as elements."""

from xml.etree.ElementTree import Element

from backendd.core import text, xml
from backendd.core.pubsub import Item
from backendd.core.pubsub_events import Event

NODE = "http://jabber.org/protocol/nick"
ITEM = "current"

LIMIT = 200


def encode(nick: str) -> Item:
    """Return the item that tells what the user is called."""
    return Item(ITEM, xml.element(NODE, "nick", text=nick))


def clean(nick: str) -> str:
    """Return a nickname as it is stored and shown."""
    return text.clean_line(nick, limit=LIMIT)


def decode(event: Event) -> str | None:
    """Return the nickname that an event tells, empty where it is taken back; None for no news."""
    if event.items:
        return clean(_text(event.items[-1].payload))
    is_gone = event.retracted or event.is_purged or event.is_deleted
    return "" if is_gone else None


def _text(payload: Element | None) -> str:
    is_nick = payload is not None and payload.tag == f"{{{NODE}}}nick"
    return (payload.text or "") if payload is not None and is_nick else ""
