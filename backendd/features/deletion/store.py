"""What was deleted of conversations: up to when, and what tells the last of it."""

from collections.abc import Sequence

from backendd.core.messages import NewMessage
from backendd.store.ledger import Ledger
from backendd.store.view import View

# Clocks differ, and stamps may be whole seconds: so close to the last of what was deleted its
# time alone doesn't tell.
CLOSE_US = 600 * 1_000_000

AT_ONCE = 500
"""How many messages are removed in one transaction."""


def begin(ledger: Ledger, conversation_id: int) -> None:
    """Note that all that is in a conversation now is deleted; it is still there."""
    last, time = ledger.db.execute(
        "SELECT max(id), max(time) FROM message WHERE conversation = ? AND state <> 'pending'",
        (conversation_id,),
    ).fetchone()
    ledger.db.execute(
        "UPDATE conversation SET archive_done = 1, read_up_to = 0 WHERE id = ?", (conversation_id,)
    )
    if last is None:
        return
    ledger.db.execute(
        """INSERT INTO deletion (conversation, profile, time, last) VALUES (?, ?, ?, ?)
           ON CONFLICT (conversation) DO UPDATE SET
             time = max(time, excluded.time), last = excluded.last""",
        (conversation_id, ledger.profile_id, time, last),
    )
    ledger.db.execute(
        "DELETE FROM deleted WHERE conversation = ? AND time < ?",
        (conversation_id, time - CLOSE_US),
    )
    ledger.db.execute(
        """INSERT INTO deleted (profile, conversation, time, archive, name, payload)
           SELECT m.profile, m.conversation, m.time, coalesce(a.archive, ''),
             coalesce(a.stanza_id, m.dedupe), m.payload
           FROM message m LEFT JOIN archived a ON a.message = m.id
           WHERE m.conversation = ? AND m.id <= ? AND m.time >= ?""",
        (conversation_id, last, time - CLOSE_US),
    )


def unfinished(view: View) -> list[int]:
    """Return the conversations of which something is still to be removed."""
    rows = view.db.execute(
        "SELECT conversation FROM deletion WHERE profile = ? AND last > 0", (view.profile_id,)
    )
    return [conversation_id for (conversation_id,) in rows]


def remaining(view: View, conversation_id: int) -> Sequence[int]:
    """Return the next messages to be removed of a conversation; none where all are."""
    rows = view.db.execute(
        """SELECT m.id FROM message m JOIN deletion d ON d.conversation = m.conversation
           WHERE m.conversation = ? AND m.id <= d.last AND m.state <> 'pending'
           ORDER BY m.id LIMIT ?""",
        (conversation_id, AT_ONCE),
    )
    return [message_id for (message_id,) in rows]


def end(ledger: Ledger, conversation_id: int) -> None:
    """Note that all is removed that was to be."""
    ledger.db.execute("UPDATE deletion SET last = 0 WHERE conversation = ?", (conversation_id,))


def has(view: View, conversation_id: int, new: NewMessage) -> bool:
    """Return whether a message is one that was deleted."""
    row = view.db.execute(
        "SELECT time FROM deletion WHERE conversation = ?", (conversation_id,)
    ).fetchone()
    if row is None or new.time > row[0] + CLOSE_US:
        return False
    if new.time < row[0] - CLOSE_US:
        return True
    in_archives = any(
        view.db.execute(
            "SELECT 1 FROM deleted WHERE conversation = ? AND name = ? AND archive = ?",
            (conversation_id, stanza_id, archive),
        ).fetchone()
        for archive, stanza_id in new.archive_ids
    )
    if in_archives or not new.dedupe:
        return in_archives
    copy = view.db.execute(
        "SELECT 1 FROM deleted WHERE conversation = ? AND name = ? AND archive = '' "
        "AND payload = ?",
        (conversation_id, new.dedupe, new.payload),
    )
    return copy.fetchone() is not None
