"""Reading the message table. Pages are in order of `(place, id)`, oldest first."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backendd.api import records

_COLUMNS = """m.id, m.place, c.peer, c.kind, m.direction, m.source, m.type, m.sender, m.message_id,
    m.body, m.encryption, m.truncated, iif(m.claimed = 0, m.time, m.claimed),
    iif(m.claimed = 0, 0, m.time), m.state, m.error_name, m.error_text, m.origin_id, m.stanza_id,
    m.revision"""
_SELECT = f"SELECT {_COLUMNS} FROM message m JOIN conversation c ON c.id = m.conversation "


def load(db: sqlite3.Connection, ids: Sequence[int]) -> list[records.Message]:
    """Return the records of the messages in `ids`, by revision."""
    found: list[records.Message] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        found += map(_record, db.execute(f"{_SELECT} WHERE m.id IN ({marks})", part))
    return sorted(found, key=lambda message: message.revision)


def get(db: sqlite3.Connection, profile_id: int, message_id: int) -> records.Message | None:
    """Return the record of a message of this profile."""
    row = db.execute(
        f"{_SELECT} WHERE m.id = ? AND m.profile = ?", (message_id, profile_id)
    ).fetchone()
    return _record(row) if row else None


def changes(
    db: sqlite3.Connection, profile_id: int, since: int, limit: int
) -> list[records.Message]:
    """Return at most `limit` messages with a revision above `since`, lowest first."""
    rows = db.execute(
        f"{_SELECT} WHERE m.profile = ? AND m.revision > ? ORDER BY m.revision LIMIT ?",
        (profile_id, since, limit),
    )
    return [_record(row) for row in rows]


def removals(
    db: sqlite3.Connection, profile_id: int, since: int, limit: int
) -> list[tuple[int, int]]:
    """Return at most `limit` pairs `(revision, id)` of messages removed since, lowest first."""
    return db.execute(
        "SELECT revision, message FROM removed WHERE profile = ? AND revision > ? "
        "ORDER BY revision LIMIT ?",
        (profile_id, since, limit),
    ).fetchall()


def place(db: sqlite3.Connection, conversation_id: int, message_id: int) -> tuple[int, int] | None:
    """Return `(place, id)` of a message if it is in this conversation."""
    row = db.execute(
        "SELECT place, id FROM message WHERE id = ? AND conversation = ?",
        (message_id, conversation_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def before(
    db: sqlite3.Connection, conversation_id: int, limit: int, at: tuple[int, int] | None = None
) -> list[records.Message]:
    """Return the last `limit` messages (before `at`), oldest first."""
    bound = "AND (m.place, m.id) < (?, ?)" if at else ""
    rows = db.execute(
        f"{_SELECT} WHERE m.conversation = ? {bound} ORDER BY m.place DESC, m.id DESC LIMIT ?",
        (conversation_id, *(at or ()), limit),
    )
    return [_record(row) for row in rows][::-1]


def after(
    db: sqlite3.Connection, conversation_id: int, limit: int, at: tuple[int, int]
) -> list[records.Message]:
    """Return the first `limit` messages after `at`, oldest first."""
    rows = db.execute(
        f"{_SELECT} WHERE m.conversation = ? AND (m.place, m.id) > (?, ?) "
        "ORDER BY m.place, m.id LIMIT ?",
        (conversation_id, *at, limit),
    )
    return [_record(row) for row in rows]


def newest_id(db: sqlite3.Connection) -> int:
    """Return the highest message id there is, 0 without any."""
    (newest,) = db.execute("SELECT max(id) FROM message").fetchone()
    return newest or 0


def incoming_above(
    db: sqlite3.Connection, profile_id: int, peer: str, after_id: int, limit: int
) -> list[records.Message]:
    """Return incoming messages (of `peer`, or any) with an id above `after_id`, but no history."""
    bound, arguments = ("AND c.peer = ?", (peer,)) if peer else ("", ())
    rows = db.execute(
        f"{_SELECT} WHERE m.profile = ? {bound} AND m.id > ? AND m.direction = 'in' "
        "AND m.past = 0 ORDER BY m.id LIMIT ?",
        (profile_id, *arguments, after_id, limit),
    )
    return [_record(row) for row in rows]


def has_gap(db: sqlite3.Connection, ids: Sequence[int]) -> bool:
    """Return whether before one of these messages some may be missing."""
    marks = ",".join("?" * len(ids))
    query = f"SELECT 1 FROM message WHERE id IN ({marks}) AND gap = 1 LIMIT 1"
    return db.execute(query, ids).fetchone() is not None


def find(
    db: sqlite3.Connection, conversation_id: int, message_id: str, direction: str
) -> tuple[int, str] | None:
    """Return `(id, state)` of the newest message with this id attribute or origin id."""
    row = db.execute(
        """SELECT id, state FROM message
           WHERE conversation = ?1 AND dedupe = ?2 AND direction = ?3
           UNION ALL
           SELECT id, state FROM message
           WHERE conversation = ?1 AND message_id = ?2 AND message_id <> dedupe AND direction = ?3
           ORDER BY id DESC LIMIT 1""",
        (conversation_id, message_id, direction),
    ).fetchone()
    return (row[0], row[1]) if row else None


def up_to(
    db: sqlite3.Connection, conversation_id: int, message_id: str, states: Sequence[str]
) -> list[int]:
    """Return outgoing messages in one of `states`, up to the one with this id attribute."""
    found = find(db, conversation_id, message_id, "out")
    if found is None:
        return []
    marks = ",".join("?" * len(states))
    rows = db.execute(
        f"""SELECT id FROM message WHERE conversation = ? AND direction = 'out'
            AND state IN ({marks})
            AND (place, id) <= (SELECT place, id FROM message WHERE id = ?)""",
        (conversation_id, *states, found[0]),
    )
    return [row[0] for row in rows]


def _record(row: Sequence[Any]) -> records.Message:
    (
        id_, order, peer, kind, direction, source, type_, sender, message_id, body, encryption,
        truncated, time, received, state, error_name, error_text, origin_id, stanza_id, revision,
    ) = row  # fmt: skip
    return records.Message(
        id=id_, order=order, peer=peer, kind=kind, direction=direction, source=source,
        type=type_, sender=sender, message_id=message_id, body=body, encryption=encryption,
        truncated=bool(truncated), time=time, received=received, state=state,
        error=(error_name, error_text), origin_id=origin_id, stanza_id=stanza_id, revision=revision,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a conversation, oldest first. `has_older`: more is stored before it."""

    messages: Sequence[records.Message]
    has_older: bool
    is_archive_done: bool
    has_gap: bool


def page(
    db: sqlite3.Connection, profile_id: int, peer: str, anchors: Mapping[str, int], limit: int
) -> Page | None:
    """Return the newest messages, or those before, after or around a message; None without it."""
    row = db.execute(
        "SELECT id, archive_done FROM conversation WHERE profile = ? AND peer = ?",
        (profile_id, peer),
    ).fetchone()
    if row is None:
        return (
            Page((), has_older=False, is_archive_done=False, has_gap=False) if not anchors else None
        )
    found = _around(db, row[0], anchors, limit)
    if found is None:
        return None
    first = (found[0].order, found[0].id) if found else None
    anchor = next(iter(anchors.values()), None)
    if first is None and anchor is not None and "before" in anchors:
        first = place(db, row[0], anchor)
    has_older = first is not None and bool(before(db, row[0], 1, first))
    ids = [message.id for message in found]
    return Page(found, has_older, bool(row[1]), bool(ids) and has_gap(db, ids))


def _around(
    db: sqlite3.Connection, conversation_id: int, anchors: Mapping[str, int], limit: int
) -> list[records.Message] | None:
    if not anchors:
        return before(db, conversation_id, limit)
    ((which, message_id),) = anchors.items()
    at = place(db, conversation_id, message_id)
    if at is None:
        return None
    if which == "before":
        return before(db, conversation_id, limit, at)
    if which == "after":
        return after(db, conversation_id, limit, at)
    half = max(limit // 2, 1)
    just_after = (at[0], at[1] + 1)
    return [*before(db, conversation_id, half, just_after), *after(db, conversation_id, half, at)]


def changed_since(
    db: sqlite3.Connection, profile_id: int, since: int, limit: int
) -> tuple[list[records.Message], list[int], int, bool]:
    """Return messages changed and ids removed after `since`, the revision that leads to, more."""
    found = changes(db, profile_id, since, limit)
    gone = removals(db, profile_id, since, limit)
    (current,) = db.execute("SELECT revision FROM profile WHERE id = ?", (profile_id,)).fetchone()
    # Of lists that were cut the one that goes less far counts: nothing may be skipped.
    cut = [found[-1].revision] if len(found) == limit else []
    cut += [gone[-1][0]] if len(gone) == limit else []
    revision = min(cut, default=max(current, since))
    return (
        [message for message in found if message.revision <= revision],
        [message for at, message in gone if at <= revision],
        revision,
        bool(cut),
    )
