"""Writing the message table, where many features meet. All within the transaction of a `Ledger`."""

from collections.abc import Iterable

from backendd.core.messages import OUT_STATES, Draft, MessagesChanged, MessagesRemoved, Placing
from backendd.store import conversations, pages
from backendd.store.ledger import Ledger

# Copies of a message on two ways (carbon, archive, live) arrive within days, while an id
# attribute may be used again by a careless client after years.
DEDUPE_WINDOW_US = 7 * 24 * 3600 * 1_000_000


def touch(ledger: Ledger, message_id: int, conversation_id: int) -> None:
    """Have a message told, and the conversation whose record may show it."""
    ledger.note(_tell_changed, message_id)
    conversations.touch(ledger, conversation_id)


def _tell_changed(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    told = pages.load(ledger.db, ids)
    return [MessagesChanged(ledger.profile_id, told)] if told else []


def _tell_removed(ledger: Ledger, gone: list[tuple[str, int, int]]) -> Iterable[object]:
    ids: dict[str, list[int]] = {}
    for peer, message_id, revision in gone:
        ledger.db.execute(
            "INSERT INTO removed (profile, revision, message) VALUES (?, ?, ?)",
            (ledger.profile_id, revision, message_id),
        )
        ids.setdefault(peer, []).append(message_id)
    return [MessagesRemoved(ledger.profile_id, peer, found) for peer, found in ids.items()]


def add(ledger: Ledger, draft: Draft, *, placing: Placing | None = None) -> tuple[int, bool]:
    """Store a message, or merge it into the copy of it that is here already.

    Without a `placing` it comes last. Returns its id and whether it is new.
    """
    conversation_id = conversations.ensure(ledger, draft.peer, active=draft.time)
    known = _duplicate(ledger, conversation_id, draft)
    if known is not None:
        _merge(ledger, known, conversation_id, draft)
        return known, False
    at = (placing or place_last)(ledger, conversation_id, draft.time)
    cursor = ledger.db.execute(
        """INSERT INTO message (profile, conversation, place, direction, source, sender, message_id,
             origin_id, dedupe, payload, body, truncated, time, state, markable, gap, stanza_id,
             revision)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            ledger.profile_id, conversation_id, at, draft.direction, draft.source, draft.sender,
            draft.message_id, draft.origin_id, draft.dedupe, draft.payload, draft.body,
            draft.is_truncated, draft.time, draft.state, draft.is_markable, draft.is_gap,
            draft.archive_ids[0][1] if draft.archive_ids else "", ledger.revise(),
        ),
    )  # fmt: skip
    row_id = cursor.lastrowid or 0
    _add_archive_ids(ledger, row_id, draft.archive_ids)
    touch(ledger, row_id, conversation_id)
    if draft.direction == "out":
        _apply_references(ledger, row_id, conversation_id, draft.message_id)
    return row_id, True


def advance(ledger: Ledger, ids: Iterable[int], state: str) -> None:
    """Move outgoing messages on to `state`; one that is there or further stays."""
    earlier = OUT_STATES[: OUT_STATES.index(state)]
    marks = ",".join("?" * len(earlier))
    for message_id in ids:
        row = ledger.db.execute(
            f"""UPDATE message SET state = ?, error_name = '', error_text = '', revision = ?
                WHERE id = ? AND direction = 'out' AND state IN ({marks}) RETURNING conversation""",
            (state, ledger.revise(), message_id, *earlier),
        ).fetchone()
        if row:
            touch(ledger, message_id, row[0])


def fail(ledger: Ledger, message_id: int, name: str, text: str) -> bool:
    """Say of an outgoing message why it failed; False if it is delivered already."""
    row = ledger.db.execute(
        """UPDATE message SET state = 'failed', error_name = ?, error_text = ?, revision = ?
           WHERE id = ? AND direction = 'out' AND state IN ('pending', 'sent')
           RETURNING conversation""",
        (name, text, ledger.revise(), message_id),
    ).fetchone()
    if row:
        touch(ledger, message_id, row[0])
    return row is not None


def retry(ledger: Ledger, message_id: int) -> bool:
    """Make a failed message pending again; False if it has not failed."""
    row = ledger.db.execute(
        """UPDATE message SET state = 'pending', error_name = '', error_text = '', revision = ?
           WHERE id = ? AND profile = ? AND state = 'failed' RETURNING conversation""",
        (ledger.revise(), message_id, ledger.profile_id),
    ).fetchone()
    if row:
        touch(ledger, message_id, row[0])
    return row is not None


def discard(ledger: Ledger, message_id: int) -> bool:
    """Remove a failed message; False if it has not failed."""
    row = ledger.db.execute(
        "SELECT m.conversation, c.peer FROM message m JOIN conversation c ON c.id = m.conversation "
        "WHERE m.id = ? AND m.profile = ? AND m.state = 'failed'",
        (message_id, ledger.profile_id),
    ).fetchone()
    if row is None:
        return False
    ledger.db.execute("DELETE FROM message WHERE id = ?", (message_id,))
    ledger.note(_tell_removed, (row[1], message_id, ledger.revise()))
    conversations.touch(ledger, row[0])
    return True


def refer(ledger: Ledger, conversation_id: int, message_id: str, state: str, time: int) -> None:
    """Keep a receipt or marker for a message that is not here yet."""
    ledger.db.execute(
        "INSERT OR IGNORE INTO reference (profile, conversation, message_id, state, time) "
        "VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, conversation_id, message_id, state, time),
    )


def _apply_references(ledger: Ledger, row_id: int, conversation_id: int, message_id: str) -> None:
    rows = ledger.db.execute(
        "DELETE FROM reference WHERE conversation = ? AND message_id = ? RETURNING state",
        (conversation_id, message_id),
    ).fetchall()
    for (state,) in sorted(rows, key=lambda row: OUT_STATES.index(row[0])):
        advance(ledger, [row_id], state)


def _duplicate(ledger: Ledger, conversation_id: int, draft: Draft) -> int | None:
    for archive, stanza_id in draft.archive_ids:
        row = ledger.db.execute(
            "SELECT message FROM archived WHERE profile = ? AND archive = ? AND stanza_id = ?",
            (ledger.profile_id, archive, stanza_id),
        ).fetchone()
        if row:
            return int(row[0])
    if not draft.dedupe:
        return None
    # What we sent ourselves matches by its id alone: it is ours, and the server may have
    # stripped or changed what it does not know.
    row = ledger.db.execute(
        """SELECT id FROM message WHERE conversation = ? AND dedupe = ? AND direction = ?
           AND (source = 'sent' OR (sender = ? AND payload = ? AND abs(time - ?) < ?))
           ORDER BY id DESC LIMIT 1""",
        (
            conversation_id, draft.dedupe, draft.direction, draft.sender, draft.payload,
            draft.time, DEDUPE_WINDOW_US,
        ),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else None


def _merge(ledger: Ledger, row_id: int, conversation_id: int, draft: Draft) -> None:
    _add_archive_ids(ledger, row_id, draft.archive_ids)
    if draft.archive_ids:
        changed = ledger.db.execute(
            "UPDATE message SET stanza_id = ?, revision = ? WHERE id = ? AND stanza_id = '' "
            "RETURNING id",
            (draft.archive_ids[0][1], ledger.revise(), row_id),
        ).fetchone()
        if changed:
            touch(ledger, row_id, conversation_id)
    if draft.direction == "out":
        # A copy from the server says that it has the message.
        ledger.db.execute("DELETE FROM outbox WHERE message = ?", (row_id,))
        advance(ledger, [row_id], "sent")


def _add_archive_ids(ledger: Ledger, row_id: int, archive_ids: Iterable[tuple[str, str]]) -> None:
    for archive, stanza_id in archive_ids:
        ledger.db.execute(
            "INSERT OR IGNORE INTO archived (profile, archive, stanza_id, message) "
            "VALUES (?, ?, ?, ?)",
            (ledger.profile_id, archive, stanza_id, row_id),
        )


def place_last(ledger: Ledger, conversation_id: int, time: int) -> int:
    """Return a place after all others."""
    (last,) = ledger.db.execute(
        "SELECT max(place) FROM message WHERE conversation = ?", (conversation_id,)
    ).fetchone()
    return time if last is None else max(time, last + 1)


def place_above(newest_id: int) -> Placing:
    """Return what places archived messages after all that was here when `newest_id` was the last.

    What comes in meanwhile stays below them in time, but not above them for certain: so those
    count neither.
    """

    def place(ledger: Ledger, conversation_id: int, time: int) -> int:
        row = ledger.db.execute(
            "SELECT place FROM message WHERE conversation = ? AND (id <= ? OR source = 'archive') "
            "ORDER BY place DESC LIMIT 1",
            (conversation_id, newest_id),
        ).fetchone()
        return time if row is None else max(time, row[0] + 1)

    return place


def place_first(ledger: Ledger, conversation_id: int, time: int) -> int:
    """Return a place before all others."""
    (first,) = ledger.db.execute(
        "SELECT min(place) FROM message WHERE conversation = ?", (conversation_id,)
    ).fetchone()
    return time if first is None else min(time, first - 1)
