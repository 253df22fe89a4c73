"""What is left of messages that were retracted: who did it, and why."""

from collections.abc import Mapping, Sequence

from backendd.core.moments import Moment
from backendd.features.retractions.model import Moderation, Retracted
from backendd.store import bodies, changes, reading
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "retraction"


def load(view: View, ids: Sequence[int]) -> Mapping[int, Retracted]:
    """Return which of these messages were retracted, by whom and why."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"SELECT message, sender, moderated, reason FROM retraction WHERE message IN ({marks})", ids
    )
    found: dict[int, Retracted] = {}
    for message_id, sender, is_moderated, reason in rows:
        retracted = found.setdefault(message_id, Retracted(retracted=True))
        if sender:
            retracted["retracted_by"] = sender
        if is_moderated:
            retracted["moderated"] = True
        if reason:
            retracted["reason"] = reason
    return found


def retract(
    ledger: Ledger,
    message_id: int,
    said: Moment,
    *,
    sender: str = "",
    moderation: Moderation | None = None,
    stanza_id: str = "",
) -> None:
    """Erase a message, and keep that it was retracted: by `sender`, or by a moderator.

    Who is known to have done it, and why, stays so. `stanza_id` is ours that says so, if one does.
    """
    if not bodies.is_erased(ledger, message_id):
        bodies.erase(ledger, message_id, said)
        reading.let_go(ledger, message_id)
    by = sender if moderation is None else moderation.by
    row = ledger.db.execute(
        """INSERT INTO retraction (message, profile, sender, moderated, reason, stanza_id)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (message) DO UPDATE SET
             sender = iif(sender = '', ?3, sender), reason = iif(reason = '', ?5, reason),
             moderated = max(moderated, ?4)
             WHERE (sender = '' AND ?3 <> '') OR (reason = '' AND ?5 <> '') RETURNING message""",
        (
            message_id, ledger.profile_id, by, moderation is not None,
            "" if moderation is None else moderation.reason, stanza_id,
        ),
    ).fetchone()  # fmt: skip
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)


def peer_of(view: View, stanza_id: str) -> str | None:
    """Return to whom our retraction went with the stanza of this id, None where none did."""
    row = view.db.execute(
        "SELECT c.peer FROM retraction r JOIN message m ON m.id = r.message "
        "JOIN conversation c ON c.id = m.conversation "
        "WHERE r.profile = ? AND r.stanza_id = ? AND r.stanza_id <> ''",
        (view.profile_id, stanza_id),
    ).fetchone()
    return row[0] if row else None
