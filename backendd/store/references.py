"""What is said of messages: applied at once, or kept until the message is here."""

from backendd.core.inbound import Envelope
from backendd.core.messages import NewMessage
from backendd.core.references import Reference
from backendd.store import conversations, targets
from backendd.store.ledger import Ledger

LONGEST_ID = 1024
LONGEST_PAYLOAD = 4096
MOST = 1000
"""How many are kept of one conversation: anyone can send receipts for what was never there."""


def speak(ledger: Ledger, envelope: Envelope, kind: str, target_id: str, payload: str = "") -> None:
    """Have its owner apply what a message says of another, now or when that one comes.

    Where there is no conversation nothing is done: a stranger only says that there should be one.
    What the archive has of it comes later, as its pages are read backwards.
    """
    if envelope.way in ("catch_up", "past"):
        conversation_id = conversations.ensure_closed(ledger, envelope.peer)
    else:
        known = conversations.find(ledger, envelope.peer)
        if known is None:
            return
        conversation_id = known
    reference = Reference(kind, target_id, envelope.author.key, payload, envelope.time)
    apply = ledger.owners[kind].apply
    for target in targets.named(ledger, conversation_id, target_id):
        if apply(ledger, target, reference):
            return
    _keep(ledger, conversation_id, reference)


def apply(ledger: Ledger, conversation_id: int, message_id: int, new: NewMessage) -> None:
    """Have applied what was said of a message before it was here, and keep it no longer."""
    names = targets.names(ledger, conversation_id, new)
    if not names:
        return
    marks = ",".join("?" * len(names))
    rows = ledger.db.execute(
        "SELECT kind, target, author, payload, time FROM reference "
        f"WHERE conversation = ? AND target IN ({marks}) ORDER BY time",
        (conversation_id, *names),
    ).fetchall()
    for reference in map(Reference._make, rows):
        owner, target = ledger.owners.get(reference.kind), targets.get(ledger, message_id)
        if owner is not None and target is not None and owner.apply(ledger, target, reference):
            ledger.db.execute(
                "DELETE FROM reference "
                "WHERE conversation = ? AND target = ? AND kind = ? AND author = ?",
                (conversation_id, reference.target, reference.kind, reference.author),
            )


def _keep(ledger: Ledger, conversation_id: int, new: Reference) -> None:
    if len(new.target) > LONGEST_ID or len(new.payload) > LONGEST_PAYLOAD:
        return
    row = ledger.db.execute(
        "SELECT kind, target, author, payload, time FROM reference "
        "WHERE conversation = ? AND target = ? AND kind = ? AND author = ?",
        (conversation_id, new.target, new.kind, new.author),
    ).fetchone()
    if row is not None and not ledger.owners[new.kind].replaces(new, Reference._make(row)):
        return
    ledger.db.execute(
        "INSERT OR REPLACE INTO reference "
        "(profile, conversation, target, kind, author, payload, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, conversation_id, new.target, new.kind, new.author, new.payload,
            new.time,
        ),
    )  # fmt: skip
    ledger.db.execute(
        "DELETE FROM reference WHERE conversation = ?1 AND time < (SELECT time FROM reference "
        "WHERE conversation = ?1 ORDER BY time DESC LIMIT 1 OFFSET ?2)",
        (conversation_id, MOST - 1),
    )
