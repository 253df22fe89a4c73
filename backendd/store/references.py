"""What is said of messages: applied at once, or kept until the message is here.

What speaks of a message (a receipt, a marker, a reaction) may come before it does. `speak` has the
owner of its kind apply it, or keeps it until the message comes from whichever side; `targets` is
the one place that knows by which id a message is named.

Whom a kind takes (anybody, the author of that message, the room) is held here alone, on both ways:
what is kept is held against the author of its message when that comes.
"""

from backendd.core.inbound import Envelope
from backendd.core.messages import NewMessage
from backendd.core.references import Reference, Target
from backendd.store import conversations, targets
from backendd.store.ledger import Ledger, Owner

LONGEST_ID = 1024
LONGEST_PAYLOAD = 4096

MOST_OF_ONE = 1000
"""How many are kept of one author in one conversation: anyone can speak of what was never there."""

MOST = 5000
"""How many are kept of one conversation. What was kept first goes first, in both."""

_COLUMNS = ", ".join(Reference._fields)


def speak(ledger: Ledger, envelope: Envelope, kind: str, target_id: str, payload: str = "") -> None:
    """Have its owner apply what a message says of another, now or when that one comes.

    Where there is no conversation nothing is done: a stranger only says that there should be one.
    What the archive has of it comes later, as its pages are read backwards.
    """
    owner = ledger.owners[kind]
    conversation_id = _conversation(ledger, envelope)
    if conversation_id is None or not _may_speak(owner, envelope):
        return
    author = envelope.author
    reference = Reference(
        kind, target_id, author.key, author.address, payload, *envelope.said,
        envelope.message or None,
    )  # fmt: skip
    for target in targets.named(ledger, conversation_id, target_id, owner.names):
        if _apply(ledger, owner, target, reference):
            return
    _keep(ledger, conversation_id, reference)


def apply(ledger: Ledger, conversation_id: int, message_id: int, new: NewMessage) -> None:
    """Have applied what was said of a message before it was here, and keep it no longer."""
    names = targets.names(ledger, conversation_id, new)
    ids = names["room"] | names["author"]
    if not ids:
        return
    marks = ",".join("?" * len(ids))
    rows = ledger.db.execute(
        f"SELECT id, {_COLUMNS} FROM reference "
        f"WHERE conversation = ? AND target IN ({marks}) ORDER BY time, id",
        (conversation_id, *ids),
    ).fetchall()
    for row_id, *values in rows:
        reference = Reference._make(values)
        owner, target = ledger.owners.get(reference.kind), targets.get(ledger, message_id)
        if owner is None or target is None or reference.target not in names[owner.names]:
            continue
        if _apply(ledger, owner, target, reference):
            ledger.db.execute("DELETE FROM reference WHERE id = ?", (row_id,))


def hand_over(ledger: Ledger, kind: str, message_id: int, to: int) -> None:
    """Have what one message says of those that aren't here yet be said by another, in its place."""
    ledger.db.execute("DELETE FROM reference WHERE kind = ? AND message = ?", (kind, to))
    ledger.db.execute(
        "UPDATE reference SET message = ? WHERE kind = ? AND message = ?", (to, kind, message_id)
    )


def _conversation(ledger: Ledger, envelope: Envelope) -> int | None:
    if envelope.way not in ("catch_up", "past"):
        return conversations.find(ledger, envelope.peer)
    return conversations.ensure_closed(ledger, envelope.whom)


def _may_speak(owner: Owner, envelope: Envelope) -> bool:
    if owner.takes == "room":
        return envelope.kind == "room" and envelope.author.key == envelope.peer
    return owner.takes == "anybody" or bool(envelope.author.key)


def _apply(ledger: Ledger, owner: Owner, target: Target, reference: Reference) -> bool:
    is_of_another = owner.takes == "author" and reference.author != target.author
    if is_of_another or reference.message == target.id:
        return False
    return owner.apply(ledger, target, reference)


def _keep(ledger: Ledger, conversation_id: int, new: Reference) -> None:
    if len(new.target) > LONGEST_ID or len(new.payload) > LONGEST_PAYLOAD:
        return
    # What is a message of its own stands beside others; else the last counts that an author says.
    row = ledger.db.execute(
        f"SELECT id, {_COLUMNS} FROM reference WHERE conversation = ? AND target = ? "
        "AND kind = ? AND author = ? AND message IS ?",
        (conversation_id, new.target, new.kind, new.author, new.message),
    ).fetchone()
    if row is not None:
        row_id, *values = row
        if not new.said.follows(Reference._make(values).said):
            return
        ledger.db.execute("DELETE FROM reference WHERE id = ?", (row_id,))
    marks = ", ".join("?" * len(new))
    ledger.db.execute(
        f"INSERT INTO reference (profile, conversation, {_COLUMNS}) VALUES (?, ?, {marks})",
        (ledger.profile_id, conversation_id, *new),
    )
    _forget_first(ledger, "conversation = ?", (conversation_id,), MOST)
    _forget_first(
        ledger, "conversation = ? AND author = ?", (conversation_id, new.author), MOST_OF_ONE
    )


def _forget_first(ledger: Ledger, which: str, arguments: tuple[object, ...], most: int) -> None:
    ledger.db.execute(
        f"DELETE FROM reference WHERE {which} AND id <= (SELECT id FROM reference WHERE {which} "
        "ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (*arguments, *arguments, most),
    )
