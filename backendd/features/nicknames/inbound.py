"""What contacts tell of what they are called."""

from backendd.core.pubsub_events import Event
from backendd.features.nicknames import stanza, store
from backendd.store.ledger import Ledger


def take(ledger: Ledger, service: str, event: Event) -> None:
    """Store what a contact calls itself now."""
    nick = stanza.decode(event)
    if nick is not None:
        store.save(ledger, service, nick)
