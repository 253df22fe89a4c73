"""Nicknames as items of a node."""

from backendd.core import nicknames
from backendd.core.pubsub import Item
from backendd.core.pubsub_events import Event

NODE = nicknames.NAMESPACE
ITEM = "current"


def encode(nick: str) -> Item:
    """Return the item that tells what the user is called."""
    return Item(ITEM, nicknames.encode(nick))


def decode(event: Event) -> str | None:
    """Return the nickname that an event tells, empty where it is taken back; None for no news."""
    if event.items:
        return nicknames.decode(event.items[-1].payload)
    is_gone = event.retracted or event.is_purged or event.is_deleted
    return "" if is_gone else None
