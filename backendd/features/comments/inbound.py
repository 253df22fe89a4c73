"""What services tell of what people attach to entries that are here."""

from backendd.api.tuples import NamedTuple
from backendd.core.attachments import target_of
from backendd.core.entries import Feed
from backendd.core.inbound import Context, Envelope
from backendd.core.pubsub_events import Event
from backendd.core.uris import ItemAddress
from backendd.features.comments import stanza, store
from backendd.session.pubsub_events import told_by
from backendd.session.stages import MessageStage
from backendd.store import entries
from backendd.store.ledger import Ledger


class _Told(NamedTuple):
    """What the service of an item tells of what is attached to that."""

    target: ItemAddress
    event: Event


def _find(context: Context, envelope: Envelope) -> _Told | None:
    told = told_by(envelope)
    target = target_of(told.event.node) if told is not None else None
    if told is None or target is None or target.service != told.service:
        return None
    return _Told(target, told.event)


def _take(ledger: Ledger, context: Context, envelope: Envelope, told: _Told) -> Envelope | None:
    target, event = told.target, told.event
    entry_id = entries.find(ledger, Feed(target.service, target.node), target.item)
    if entry_id is None:
        return envelope
    if event.is_purged or event.is_deleted:
        store.like_only(ledger, entry_id, (), context.now, as_of=ledger.revise())
    for item in event.items:
        if item.payload is not None:
            likes = bool(stanza.whose(item)) and stanza.is_like(item.payload)
            store.like(ledger, entry_id, stanza.person(item.id), context.now, likes=likes)
    for each in event.retracted:
        store.like(ledger, entry_id, stanza.person(each), context.now, likes=False)
    return None


LIKED = MessageStage("liked", _find, _take)
