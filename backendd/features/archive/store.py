"""How far the archive is known."""

import sqlite3
from dataclasses import dataclass

from backendd.store import conversations
from backendd.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Known:
    """How far an archive is known. `is_caught_up`: nothing below the live stream is missing."""

    cursor: str = ""
    time: int = 0
    is_caught_up: bool = False


def load(db: sqlite3.Connection, profile_id: int, archive: str) -> Known:
    """Return how far `archive` is known."""
    row = db.execute(
        "SELECT cursor, cursor_time, caught_up FROM archive WHERE profile = ? AND jid = ?",
        (profile_id, archive),
    ).fetchone()
    return Known(row[0], row[1], bool(row[2])) if row else Known()


def save(ledger: Ledger, archive: str, known: Known) -> None:
    """Replace what is known of `archive`."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO archive (profile, jid, cursor, cursor_time, caught_up) "
        "VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, archive, known.cursor, known.time, known.is_caught_up),
    )


def move_on(ledger: Ledger, archive: str, stanza_id: str, time: int) -> None:
    """Move the cursor to a live message, if nothing below it is missing."""
    ledger.db.execute(
        "UPDATE archive SET cursor = ?, cursor_time = ? "
        "WHERE profile = ? AND jid = ? AND caught_up = 1",
        (stanza_id, time, ledger.profile_id, archive),
    )


def fall_behind(ledger: Ledger) -> None:
    """Note that messages may be missing in every archive."""
    ledger.db.execute("UPDATE archive SET caught_up = 0 WHERE profile = ?", (ledger.profile_id,))


def oldest_known(
    db: sqlite3.Connection, profile_id: int, archive: str, peer: str
) -> tuple[str, int]:
    """Return `(archive id, time)` of the oldest message of a conversation that has one."""
    conversation_id = conversations.find(db, profile_id, peer)
    if conversation_id is None:
        return "", 0
    row = db.execute(
        "SELECT a.stanza_id, m.time FROM message m JOIN archived a ON a.message = m.id "
        "WHERE m.conversation = ? AND a.archive = ? ORDER BY m.place, m.id LIMIT 1",
        (conversation_id, archive),
    ).fetchone()
    return (row[0], row[1]) if row else ("", 0)


def end(ledger: Ledger, peer: str) -> None:
    """Note that the archive has nothing older of this conversation."""
    conversation_id = conversations.ensure(ledger, peer, active=0)
    conversations.change(ledger, conversation_id, archive_done=1)
