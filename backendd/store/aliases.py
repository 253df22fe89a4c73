"""Further ids of messages: those of what was said later in their place."""

from collections.abc import Iterable

from backendd.core.messages import NewMessage
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST_MOVED = 100


def give(ledger: Ledger, message_id: int, to: int) -> None:
    """Have whoever names one message mean another of its conversation.

    Of very many further ids that it had some are forgotten: else who names each time the one
    before would have all of them moved each time.
    """
    ledger.db.execute(
        """DELETE FROM alias WHERE message = ?1 AND (conversation, archive, name, payload) IN (
             SELECT conversation, archive, name, payload FROM alias WHERE message = ?1
             LIMIT -1 OFFSET ?2)""",
        (message_id, MOST_MOVED),
    )
    ledger.db.execute("UPDATE alias SET message = ? WHERE message = ?", (to, message_id))
    ledger.db.execute(
        """INSERT OR REPLACE INTO alias (profile, conversation, archive, name, payload, message)
           SELECT profile, conversation, '', message_id, payload, ?2 FROM message
             WHERE id = ?1 AND message_id <> ''
           UNION SELECT profile, conversation, '', origin_id, payload, ?2 FROM message
             WHERE id = ?1 AND origin_id <> ''
           UNION SELECT m.profile, m.conversation, a.archive, a.stanza_id, 0, ?2
             FROM archived a JOIN message m ON m.id = a.message WHERE m.id = ?1""",
        (message_id, to),
    )


def name(ledger: Ledger, message_id: int, name: str) -> None:
    """Have what goes out with the id `name` mean a message, in whose place it is said.

    As with all that we send, a copy of it matches by that id alone: it goes out with more than its
    text, and servers change it.
    """
    ledger.db.execute(
        """INSERT OR REPLACE INTO alias (profile, conversation, archive, name, payload, message)
           SELECT profile, conversation, '', ?, 0, id FROM message WHERE id = ?""",
        (name, message_id),
    )


def note(ledger: Ledger, message_id: int, archive_ids: Iterable[tuple[str, str]]) -> None:
    """Have what archives call a copy of what was said in its place mean a message as well."""
    ledger.db.executemany(
        """INSERT OR IGNORE INTO alias (profile, conversation, archive, name, payload, message)
           SELECT profile, conversation, ?, ?, 0, id FROM message WHERE id = ?""",
        [(archive, stanza_id, message_id) for archive, stanza_id in archive_ids],
    )


def find(view: View, conversation_id: int, new: NewMessage) -> int | None:
    """Return the message in whose place `new` has been said already, None if it is news."""
    for archive, stanza_id in new.archive_ids:
        row = view.db.execute(
            "SELECT message FROM alias WHERE conversation = ? AND archive = ? AND name = ?",
            (conversation_id, archive, stanza_id),
        ).fetchone()
        if row:
            return int(row[0])
    if not new.dedupe:
        return None
    row = view.db.execute(
        """SELECT m.id FROM alias a JOIN message m ON m.id = a.message
           WHERE a.conversation = ? AND a.archive = '' AND a.name = ? AND a.payload IN (0, ?)
           AND coalesce(m.author, m.sender) = ?""",
        (
            conversation_id, new.dedupe, new.payload,
            new.sender if new.author is None else new.author,
        ),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else None
