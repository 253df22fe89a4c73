"""What publish-subscribe services tell of their nodes (XEP-0060 7.1.2, 7.2.2, 8.4 and 8.5)."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from backendd.core import pubsub, xml
from backendd.core.pubsub import Item

EVENT = "http://jabber.org/protocol/pubsub#event"


@dataclass(frozen=True, slots=True)
class Event:
    """What a service tells of a node: items that are new or different, ids that are gone.

    `is_purged`: all its items are gone; `is_deleted`: so is the node.
    """

    node: str
    items: tuple[Item, ...] = ()
    retracted: tuple[str, ...] = ()
    is_purged: bool = False
    is_deleted: bool = False


def decode_event(message: Element) -> Event | None:
    """Return what a message tells of a node; None where it tells nothing of one."""
    event = xml.child(message, EVENT, "event")
    for told in event if event is not None else ():
        node, name = told.get("node", ""), told.tag.removeprefix(f"{{{EVENT}}}")
        if node and name in ("items", "purge", "delete"):
            gone = [each.get("id", "") for each in told.iterfind(f"{{{EVENT}}}retract")]
            return Event(
                node=node,
                items=pubsub.items_in(told, EVENT),
                retracted=tuple(each for each in gone if each),
                is_purged=name == "purge",
                is_deleted=name == "delete",
            )
    return None
