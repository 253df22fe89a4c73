"""Messages that tell of a node which a feature wants to know of: they belong to no conversation."""

from backendd.api.tuples import NamedTuple
from backendd.core.inbound import Context, Envelope
from backendd.core.pubsub_events import Wish
from backendd.session.pubsub_events import Told, told_by
from backendd.session.stages import MessageStage
from backendd.store import contacts
from backendd.store.ledger import Ledger


class _Wanted(NamedTuple):
    """What a service tells, and who wants to know."""

    told: Told
    wish: Wish


def _find(context: Context, envelope: Envelope) -> _Wanted | None:
    told = told_by(envelope)
    wish = context.nodes.get(told.event.node) if told is not None else None
    return _Wanted(told, wish) if told is not None and wish is not None else None


def _take(ledger: Ledger, context: Context, envelope: Envelope, found: _Wanted) -> None:
    service, whose = found.told.service, found.wish.whose
    is_wanted = whose == "all" or service == context.own.bare
    if is_wanted or (whose == "contacts" and contacts.exists(ledger, service)):
        found.wish.handler(ledger, service, found.told.event)


EVENTS = MessageStage("events", _find, _take)
