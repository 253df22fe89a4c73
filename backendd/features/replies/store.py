"""Which messages answer which."""

from collections.abc import Mapping, Sequence

from backendd.core.references import Reference, Target
from backendd.features.replies import model
from backendd.features.replies.model import KIND, Answered, Replied
from backendd.store import attachments, changes, conversations, mentions, references
from backendd.store.ledger import Ledger
from backendd.store.unheard import IS_UNHEARD
from backendd.store.view import View

TABLE = "reply"


def load(view: View, ids: Sequence[int]) -> Mapping[int, Replied]:
    """Return what these messages answer; of what isn't here, what their authors say of it."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        "SELECT r.message, r.quote, m.id, m.sender, m.direction = 'out', substr(m.body, 1, ?), "
        f"CASE WHEN {IS_UNHEARD} THEN ? WHEN m.covered THEN ? END "
        f"FROM reply r LEFT JOIN message m ON m.id = r.target WHERE r.message IN ({marks})",
        (model.LONGEST_QUOTE, model.IGNORED, model.COVERED, *ids),
    ).fetchall()
    told = attachments.told(view, [row[2] for row in rows if row[2] is not None])
    found: dict[int, Replied] = {}
    for message_id, claimed, target, sender, is_ours, body, instead in rows:
        if target is not None:
            said = instead or told.get(target, body)[: model.LONGEST_QUOTE]
            found[message_id] = {"reply_to": target, "quote": said, "quote_sender": sender}
            if is_ours:
                found[message_id]["quote_own"] = True
        elif claimed:
            found[message_id] = {"quote": claimed}
    return found


def save(
    ledger: Ledger, message_id: int, name: str, *, target: int | None = None, quote: str = ""
) -> bool:
    """Note that a message answers the one of this name, which is `target` if it is here.

    False where it is no message by now: it was another text for one.
    """
    row = ledger.db.execute(
        "INSERT INTO reply (profile, message, target, name, quote) "
        "SELECT profile, id, ?, ?, ? FROM message WHERE id = ? RETURNING message",
        (target, name, quote, message_id),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)
    return row is not None


def fold(ledger: Ledger, message_id: int, into: int, is_newer: bool) -> None:
    """Have a message that was corrected answer what its correction says, if that says so.

    `is_newer`: so is the correction, and not what is known of the message.
    """
    db = ledger.db
    # A correction that answers what it corrects would have that answer itself.
    db.execute("DELETE FROM reply WHERE message = ? AND target = ?", (message_id, into))
    said = db.execute("SELECT 1 FROM reply WHERE message = ?", (message_id,)).fetchone()
    if said is None:
        return
    if is_newer:
        db.execute("DELETE FROM reply WHERE message = ?", (into,))
    row = db.execute(
        "UPDATE OR IGNORE reply SET message = ? WHERE message = ? RETURNING message",
        (into, message_id),
    ).fetchone()
    if row is not None:
        references.hand_over(ledger, KIND, message_id, into)


def apply(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Take note that the message is here which another one answers.

    In a room one is spoken to by an answer to what one said.
    """
    row = ledger.db.execute(
        "UPDATE reply SET target = ?, quote = '' WHERE message = ? AND name = ? "
        "AND target IS NULL RETURNING message",
        (target.id, reference.message, reference.target),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, row[0], TABLE)
        is_ours = target.direction == "out"
        if is_ours and conversations.peer(ledger, target.conversation).kind == "room":
            mentions.save(ledger, row[0])
    return True


def answered(view: View, message_id: int) -> Answered | None:
    """Return what a message of ours answers, None where that is nothing."""
    row = view.db.execute(
        """SELECT r.name, m.sender, iif(m.covered, ?, m.body), c.kind, c.peer, m.id, m.covered
           FROM reply r
           LEFT JOIN message m ON m.id = r.target
           LEFT JOIN conversation c ON c.id = m.conversation WHERE r.message = ?""",
        (model.COVERED, message_id),
    ).fetchone()
    if row is None:
        return None
    name, sender, body, kind, peer, target, is_covered = row
    if target is not None and not is_covered:
        body = attachments.told(view, [target]).get(target, body)
    is_of_room = kind in ("room", "private")
    if sender and is_of_room and sender.partition("/")[0] != peer.partition("/")[0]:
        sender = ""  # ours, of which the nick isn't known: nobody there learns our address
    return Answered(name, sender or "", body or "")
