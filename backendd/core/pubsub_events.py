"""What publish-subscribe services tell of their nodes (XEP-0060 7.1.2, 7.2.2, 8.4, 8.5, 12.19)."""

from collections.abc import Callable
from typing import Any, Literal
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import pubsub, xml
from backendd.core.pubsub import Item, Subscription

EVENT = "http://jabber.org/protocol/pubsub#event"


class Event(Value):
    """What a service tells of a node: items that are new or different, ids that are gone.

    `is_purged`: all its items are gone; `is_deleted`: so is the node. `subscription` is what one to
    it has become.
    """

    node: str
    items: tuple[Item, ...] = ()
    retracted: tuple[str, ...] = ()
    is_purged: bool = False
    is_deleted: bool = False
    subscription: Subscription | None = None


Whose = Literal["own", "contacts", "all"]
"""Of whose nodes one is told: the account's, its contacts' as well, or any service's."""

Handler = Callable[[Any, str, Event], None]
"""Stores what the service of this bare JID tells, in the transaction that says it is handled.

It is given the ledger of that; it has no home, and touches nothing that is alive.
"""


class Wish(Value):
    """Who wants to be told of a node."""

    whose: Whose
    handler: Handler


def decode_event(message: Element) -> Event | None:
    """Return what a message tells of a node; None where it tells nothing of one."""
    event = xml.child(message, EVENT, "event")
    for told in event if event is not None else ():
        node, name = told.get("node", ""), told.tag.removeprefix(f"{{{EVENT}}}")
        if node and name in ("items", "purge", "delete", "subscription"):
            gone = [each.get("id", "") for each in told.iterfind(f"{{{EVENT}}}retract")]
            return Event(
                node=node,
                items=pubsub.items_in(told, EVENT),
                retracted=tuple(each for each in gone if each),
                is_purged=name == "purge",
                is_deleted=name == "delete",
                subscription=pubsub.subscription_of(told) if name == "subscription" else None,
            )
    return None
