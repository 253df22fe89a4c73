"""What services tell of feeds: of the blogs of contacts, and of all feeds that are known."""

from collections.abc import Iterable
from contextlib import suppress

from backendd.api.errors import InvalidJid
from backendd.api.tuples import NamedTuple
from backendd.blog import items
from backendd.core import jid
from backendd.core.entries import MICROBLOG, EntriesNamed, Feed, NodeDeleted
from backendd.core.inbound import Context, Envelope
from backendd.core.pubsub import Subscription
from backendd.core.pubsub_events import Event
from backendd.session.pubsub_events import told_by
from backendd.session.stages import MessageStage
from backendd.store import contacts, entries, feed_states, feeds, gone_entries
from backendd.store.entries import Arrival
from backendd.store.ledger import Ledger


class _Told(NamedTuple):
    """What a service tells of one of its nodes."""

    feed: Feed
    event: Event


def _find(context: Context, envelope: Envelope) -> _Told | None:
    told = told_by(envelope)
    return _Told(Feed(told.service, told.event.node), told.event) if told is not None else None


def _take(ledger: Ledger, context: Context, envelope: Envelope, told: _Told) -> Envelope | None:
    if not _is_known(ledger, context, told.feed):
        return envelope  # whoever tells of it unasked may say something else as well
    feed_id = feeds.ensure(ledger, told.feed)
    if told.event.subscription is not None:
        _take_subscription(ledger, context, told.feed, told.event.subscription)
    if told.event.is_purged or told.event.is_deleted:
        gone_entries.clear(ledger, feed_id)
    if told.event.is_deleted:
        ledger.note(_tell_as_is, NodeDeleted(told.feed))
    # Read here and not on the event loop: long ones take a while.
    for each in items.read(told.event.items):
        arrival = Arrival(context.own.bare, context.now, each.publisher, is_news=True)
        entries.save(ledger, feed_id, each.id, each.content, arrival)
    gone_entries.retract(ledger, feed_id, told.event.retracted)
    if named := tuple(each.id for each in told.event.items if each.payload is None):
        ledger.note(_tell_as_is, EntriesNamed(told.feed, named))
    return None


def _take_subscription(
    ledger: Ledger, context: Context, feed: Feed, subscription: Subscription
) -> None:
    with suppress(InvalidJid):
        if jid.received(subscription.jid).bare == context.own.bare:
            feed_states.subscribed(ledger, feed, subscription.state, context.now)


def _is_known(ledger: Ledger, context: Context, feed: Feed) -> bool:
    if feed.node == MICROBLOG and (
        feed.service == context.own.bare or contacts.exists(ledger, feed.service)
    ):
        return True
    return feeds.find(ledger, feed) is not None


def _tell_as_is(_: Ledger, events: list[object]) -> Iterable[object]:
    return events


WRITTEN = MessageStage("written", _find, _take)
