"""What was said of messages that are not here yet: receipts, and markers of both sides."""

from backendd.api.words import OUT_STATES
from backendd.core.inbound import Envelope
from backendd.core.messages import NewMessage
from backendd.store import conversations
from backendd.store.ledger import Ledger

LONGEST_ID = 1024
MOST = 1000
"""How many are kept of one conversation: anyone can send receipts for what was never there."""


def conversation(ledger: Ledger, envelope: Envelope) -> int | None:
    """Return the row id of the conversation that something refers to.

    None if there is none, and a stranger says that there should be. What the archive has of it
    comes later, as its pages are read backwards.
    """
    if envelope.way in ("catch_up", "past"):
        return conversations.ensure_closed(ledger, envelope.peer)
    return conversations.find(ledger, envelope.peer)


def keep(ledger: Ledger, conversation_id: int, message_id: str, state: str, time: int) -> None:
    """Have a message with this id attribute get `state` when it comes."""
    if len(message_id) > LONGEST_ID:
        return
    ledger.db.execute(
        "INSERT OR IGNORE INTO reference (profile, conversation, message_id, state, time) "
        "VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, conversation_id, message_id, state, time),
    )
    ledger.db.execute(
        "DELETE FROM reference WHERE conversation = ?1 AND time < (SELECT time FROM reference "
        "WHERE conversation = ?1 ORDER BY time DESC LIMIT 1 OFFSET ?2)",
        (conversation_id, MOST - 1),
    )


def take(ledger: Ledger, conversation_id: int, new: NewMessage) -> list[str]:
    """Return the states that were kept for a new message, and keep them no longer."""
    wanted: tuple[str, ...] = OUT_STATES if new.direction == "out" else ("read",)
    rows = ledger.db.execute(
        f"""DELETE FROM reference WHERE conversation = ? AND message_id IN (?, ?)
            AND state IN ({",".join("?" * len(wanted))}) RETURNING state""",
        (conversation_id, new.message_id, new.origin_id, *wanted),
    )
    return [state for (state,) in rows.fetchall()]
