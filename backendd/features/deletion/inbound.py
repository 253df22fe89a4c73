"""What was deleted here, and comes again out of an archive or a room's history."""

from backendd.core.inbound import Context, Envelope
from backendd.core.messages import NewMessage
from backendd.features.deletion import store
from backendd.session.stages import MessageStage
from backendd.store import conversations
from backendd.store.ledger import Ledger


def _old(context: Context, envelope: Envelope) -> NewMessage | None:
    """Return what a message says that isn't said just now."""
    is_fresh = envelope.way in ("live", "carbon") and not envelope.is_late
    return None if is_fresh else envelope.new


def _drop(ledger: Ledger, context: Context, envelope: Envelope, old: NewMessage) -> Envelope | None:
    conversation_id = conversations.find(ledger, envelope.peer)
    is_deleted = conversation_id is not None and store.has(ledger, conversation_id, old)
    return None if is_deleted else envelope


DELETED = MessageStage("deleted", _old, _drop)
