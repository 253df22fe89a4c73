"""Which messages ask for attention."""

from collections.abc import Mapping, Sequence

from backendd.core.inbound import Envelope
from backendd.features.attention.model import ONCE_IN_US, Called
from backendd.store import changes, conversations
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "attention"


def load(view: View, ids: Sequence[int]) -> Mapping[int, Called]:
    """Return which of these messages ask for attention."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"SELECT message FROM attention WHERE counts = 1 AND message IN ({marks})", ids
    )
    return {message_id: {"attention": True} for (message_id,) in rows}


def save(ledger: Ledger, envelope: Envelope, *, counts: bool) -> None:
    """Note that a message asks for attention; it counts if none has in the last time."""
    row = ledger.db.execute(
        """SELECT 1 FROM attention WHERE conversation = ? AND counts = 1 AND time > ? LIMIT 1""",
        (envelope.conversation, envelope.time - ONCE_IN_US),
    ).fetchone()
    ledger.db.execute(
        "INSERT OR IGNORE INTO attention (profile, conversation, message, time, counts) "
        "SELECT profile, conversation, id, ?, ? FROM message WHERE id = ?",
        (envelope.time, counts and row is None, envelope.message),
    )
    changes.contributed(ledger, envelope.message, TABLE)


def is_repeated(view: View, envelope: Envelope) -> bool:
    """Return whether the newest message of the conversation is a call that came just before."""
    conversation_id = conversations.find(view, envelope.peer)
    row = view.db.execute(
        """SELECT a.time FROM message m JOIN attention a ON a.message = m.id
           WHERE m.id = (SELECT id FROM message WHERE conversation = ?
                         ORDER BY place DESC, id DESC LIMIT 1)
           AND m.direction = ?""",
        (conversation_id, envelope.direction),
    ).fetchone()
    return row is not None and abs(envelope.time - row[0]) < ONCE_IN_US
