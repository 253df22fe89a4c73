"""Requests to read a blog, as they come."""

from backendd.core.inbound import Context, Envelope
from backendd.core.readers import Asked
from backendd.features.blog_readers import stanza
from backendd.session.stages import MessageStage
from backendd.store import feeds, readers
from backendd.store.ledger import Ledger


def _asked(context: Context, envelope: Envelope) -> Asked | None:
    return stanza.decode(envelope, context.own)


def _take(ledger: Ledger, context: Context, envelope: Envelope, asked: Asked) -> Envelope | None:
    """Have the user asked; what a service says of which we know nothing is a message as others."""
    service, domain = asked.feed.service, context.own.domain
    is_ours = service == context.own.bare or service.endswith(f".{domain}") or service == domain
    if not is_ours and feeds.find(ledger, asked.feed) is None:
        return envelope
    readers.save(ledger, asked, envelope.time)
    return None


ASKED = MessageStage("requests of readers", _asked, _take)
