"""Making a database of rows that were salvaged hang together again."""

import sqlite3
import uuid
from collections.abc import Iterable
from xml.etree import ElementTree

from backendd.store import tables

# A message that waits for nothing would wait for ever; a token speaks for a message that is there.
_STATEMENTS = (
    "INSERT OR IGNORE INTO archived (profile, archive, stanza_id, message) "
    "SELECT p.id, coalesce((SELECT jid FROM archive WHERE profile = p.id), p.jid), m.stanza_id, "
    "m.id FROM message m JOIN profile p ON p.id = m.profile "
    "WHERE m.stanza_id <> ''",
    "UPDATE message SET state = 'failed', error_name = 'StorageError', "
    "error_text = 'what was to be sent is lost, for the database was damaged' "
    "WHERE state = 'pending' AND id NOT IN (SELECT message FROM outbox WHERE message IS NOT NULL)",
    "DELETE FROM token WHERE message NOT IN (SELECT id FROM message)",
    "UPDATE profile SET revision = max(revision, coalesce("
    "(SELECT max(revision) FROM message WHERE profile = profile.id), 0))",
)
# Where messages are missing, what is known of an archive says too much.
_WITH_HOLES = (
    "DELETE FROM archive",
    "UPDATE conversation SET archive_done = 0",
)


def applies_to(db: sqlite3.Connection) -> bool:
    """Return whether this has the tables that are mended here."""
    return {"profile", "conversation", "message"} <= set(_tables(db))


def repair(db: sqlite3.Connection, *, lost_messages: Iterable[tuple[int, int]] | None) -> None:
    """Mend what refers to rows that are missing; `lost_messages` are ranges, None if none is.

    Raises sqlite3.Error.
    """
    db.execute("BEGIN")
    _restore_conversations(db)
    for table in _tables(db):
        _drop_orphans(db, table)
    for statement in _STATEMENTS:
        db.execute(statement)
    if lost_messages is not None:
        for statement in _WITH_HOLES:
            db.execute(statement)
        _mark_gaps(db, lost_messages)
    db.execute("COMMIT")


def renew_ids(db: sqlite3.Connection) -> None:
    """Give each profile another id: what frontends remember of the one before counts no more."""
    for profile_id, known, vault_id in db.execute("SELECT id, uuid, vault_id FROM profile"):
        db.execute(
            "UPDATE profile SET uuid = ?, vault_id = ? WHERE id = ?",
            (str(uuid.uuid4()), vault_id or known, profile_id),
        )


def _restore_conversations(db: sqlite3.Connection) -> None:
    """Make conversations that are missing anew, from whoever their messages are from or go to."""
    orphans = db.execute(
        "SELECT conversation, profile, max(time) FROM message "
        "WHERE conversation NOT IN (SELECT id FROM conversation) GROUP BY conversation"
    ).fetchall()
    for conversation_id, profile_id, active in orphans:
        peer = _peer(db, conversation_id)
        if not peer:
            continue
        db.execute(
            "INSERT OR IGNORE INTO conversation (id, profile, peer, kind, active, revision) "
            "VALUES (?, ?, ?, 'chat', ?, 0)",
            (conversation_id, profile_id, peer, active),
        )
        # Where the peer had another one meanwhile, that is theirs.
        db.execute(
            "UPDATE message SET conversation = (SELECT id FROM conversation WHERE profile = ? "
            "AND peer = ?) WHERE conversation = ?",
            (profile_id, peer, conversation_id),
        )


def _peer(db: sqlite3.Connection, conversation_id: int) -> str:
    row = db.execute(
        "SELECT sender FROM message WHERE conversation = ? AND direction = 'in' "
        "ORDER BY id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    if row is not None:
        return str(row[0])
    waiting = db.execute(
        "SELECT o.stanza FROM outbox o JOIN message m ON m.id = o.message WHERE m.conversation = ?",
        (conversation_id,),
    )
    for (stanza,) in waiting:
        try:
            return ElementTree.fromstring(stanza).get("to", "").partition("/")[0]
        except ElementTree.ParseError:
            continue
    return ""


def _drop_orphans(db: sqlite3.Connection, table: str) -> None:
    columns = tables.columns(db, table)
    needed = {column.name for column in columns if column.is_required or column.key}
    for each in tables.references(db, table):
        name = each.column
        missing = f"{name} IS NOT NULL AND {name} NOT IN (SELECT id FROM {each.parent})"
        if name in needed:
            db.execute(f"DELETE FROM {table} WHERE {missing}")
        else:
            db.execute(f"UPDATE {table} SET {name} = NULL WHERE {missing}")


def _tables(db: sqlite3.Connection) -> list[str]:
    """Return all tables, those that others refer to first."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    names = [name for (name,) in db.execute(query)]
    order = ("profile", "conversation", "message")
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _mark_gaps(db: sqlite3.Connection, lost: Iterable[tuple[int, int]]) -> None:
    for _, high in lost:
        db.execute(
            "UPDATE message SET gap = 1 WHERE id IN "
            "(SELECT min(id) FROM message WHERE id > ? GROUP BY conversation)",
            (high,),
        )
