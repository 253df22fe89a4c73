"""Messages that tell of a node which a feature wants to know of: they belong to no conversation."""

from typing import NamedTuple

from backendd.core import pubsub_events
from backendd.core.inbound import Context, Envelope
from backendd.core.pubsub_events import Event, Wish
from backendd.session.stages import MessageStage
from backendd.store import contacts
from backendd.store.ledger import Ledger


class _Told(NamedTuple):
    """What the service of a bare JID tells, and who wants to know."""

    service: str
    event: Event
    wish: Wish


def _told(context: Context, envelope: Envelope) -> _Told | None:
    # A service speaks for itself: what has a resource was written by a client.
    if envelope.way != "live" or envelope.is_error or envelope.sender.resource:
        return None
    event = pubsub_events.decode_event(envelope.stanza)
    wish = context.nodes.get(event.node) if event is not None else None
    if event is None or wish is None:
        return None
    return _Told(envelope.sender.bare, event, wish)


def _take(ledger: Ledger, context: Context, envelope: Envelope, told: _Told) -> None:
    service, whose = told.service, told.wish.whose
    is_wanted = whose == "all" or service == context.own.bare
    if is_wanted or (whose == "contacts" and contacts.exists(ledger, service)):
        told.wish.handler(ledger, service, told.event)


EVENTS = MessageStage("events", _told, _take)
