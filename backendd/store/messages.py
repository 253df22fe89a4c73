"""Writing the message table, where many features meet. All within the transaction of a `Ledger`."""

from collections.abc import Iterable

from backendd.api.tuples import NamedTuple
from backendd.api.words import OUT_STATES, OutState
from backendd.core.messages import NewMessage, Placing
from backendd.store import (
    aliases,
    changes,
    conversations,
    copies,
    outbox,
    reach,
    reading,
    references,
)
from backendd.store.ledger import Ledger
from backendd.store.places import PlaceLast

STAMP_US = 2_000_000


class Added(NamedTuple):
    """A message that is stored now."""

    id: int
    conversation: int


def merge(ledger: Ledger, new: NewMessage, *, placing: Placing | None = None) -> int | None:
    """Merge a message into the copy of it that is here; return its id, None if there is none."""
    conversation_id = conversations.find(ledger, new.peer)
    known = copies.find(ledger, conversation_id, new) if conversation_id is not None else None
    if conversation_id is None:
        return None
    if known is None:
        said_by = aliases.find(ledger, conversation_id, new)
        if said_by is not None:
            aliases.note(ledger, said_by, new.archive_ids)
        return said_by
    _merge(ledger, known, conversation_id, new)
    if placing is not None:
        placing.passed(ledger, conversation_id, known)
    return known


def add(ledger: Ledger, new: NewMessage, *, placing: Placing | None = None) -> Added:
    """Store a message of which no copy is here; without a `placing` it comes last."""
    active = 0 if new.is_unheard else new.time
    conversation_id = conversations.ensure(ledger, new.whom, active=active, opens=not new.is_past)
    at = (placing or PlaceLast()).place(ledger, conversation_id, new.time)
    cursor = ledger.db.execute(
        """INSERT INTO message (profile, conversation, place, direction, source, sender, author,
             message_id, origin_id, dedupe, payload, body, type, encryption, truncated, time,
             claimed, ways, state, markable, past, stanza_id, real_jid, revision)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            ledger.profile_id, conversation_id, at, new.direction, new.source, new.sender,
            None if new.author == new.sender else new.author,
            new.message_id, new.origin_id, new.dedupe, new.payload, new.body,
            new.type, new.encryption, new.is_truncated, new.time, new.claimed,
            copies.written({copies.way(new)}),
            new.state, new.is_markable, new.is_past,
            new.archive_ids[0][1] if new.archive_ids else "", new.real_jid, ledger.revise(),
        ),
    )  # fmt: skip
    row_id = cursor.lastrowid or 0
    _add_archive_ids(ledger, row_id, new.archive_ids)
    changes.added(ledger, row_id, conversation_id)
    if new.direction == "in" and not new.is_past:
        reach.answers(ledger, new.peer, time=new.time, by=row_id)
    references.apply(ledger, conversation_id, row_id, new)
    return Added(row_id, conversation_id)


def advance(
    ledger: Ledger,
    ids: Iterable[int],
    state: OutState,
    *,
    time: int = 0,
    is_certain: bool = False,
) -> None:
    """Move outgoing messages on to `state`; one that is there or further stays.

    `time`: when the peer said so, if it did. `is_certain`: so are those that have failed.
    """
    earlier: tuple[str, ...] = OUT_STATES[: OUT_STATES.index(state)]
    if is_certain or "sent" in earlier:
        # Whoever got it refutes the one who said that nobody did.
        earlier += ("failed",)
    marks = ",".join("?" * len(earlier))
    for message_id in ids:
        row = ledger.db.execute(
            f"""UPDATE message SET state = ?, error_name = '', error_text = '', revision = ?
                WHERE id = ? AND direction = 'out' AND state IN ({marks}) RETURNING conversation""",
            (state, ledger.revise(), message_id, *earlier),
        ).fetchone()
        if row:
            changes.touch(ledger, message_id, row[0])
            outbox.arrived(ledger, message_id)
            if time:
                peer = conversations.peer(ledger, row[0]).jid
                reach.answers(ledger, peer, time=time, by=message_id)


def fail(ledger: Ledger, message_id: int, name: str, text: str, *, refused_at: int = 0) -> bool:
    """Say of an outgoing message why it failed; False if it is delivered already.

    `refused_at`: when its address refused it, as it would whatever else is written there.
    """
    row = ledger.db.execute(
        """UPDATE message SET state = 'failed', error_name = ?, error_text = ?, revision = ?
           WHERE id = ? AND direction = 'out' AND state IN ('pending', 'sent')
           RETURNING conversation""",
        (name, text, ledger.revise(), message_id),
    ).fetchone()
    if row:
        changes.touch(ledger, message_id, row[0])
        if refused_at:
            peer = conversations.peer(ledger, row[0]).jid
            reach.refuses(ledger, peer, "a message to", text, time=refused_at, by=message_id)
    return row is not None


def retry(ledger: Ledger, message_id: int) -> bool:
    """Make a failed message pending again; False if it has not failed."""
    row = ledger.db.execute(
        """UPDATE message SET state = 'pending', error_name = '', error_text = '', revision = ?
           WHERE id = ? AND profile = ? AND state = 'failed' RETURNING conversation""",
        (ledger.revise(), message_id, ledger.profile_id),
    ).fetchone()
    if row:
        changes.touch(ledger, message_id, row[0])
    return row is not None


def discard(ledger: Ledger, message_id: int, sm_id: str) -> bool:
    """Remove a message that failed, or waits to be sent; False where it may have arrived.

    `sm_id` is the present stream. On one that is gone only those may have arrived which the
    server has never closed a stream over.
    """
    row = ledger.db.execute(
        """SELECT m.conversation, c.peer FROM message m JOIN conversation c ON c.id = m.conversation
           WHERE m.id = ?1 AND m.profile = ?2 AND (m.state = 'failed' OR (m.state = 'pending'
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE message = ?1 AND (state = 'accepted'
               OR (sm_id <> '' AND (suspicion = 0 OR sm_id = ?3))))))""",
        (message_id, ledger.profile_id, sm_id),
    ).fetchone()
    if row is None:
        return False
    ledger.db.execute("DELETE FROM message WHERE id = ?", (message_id,))
    changes.removed(ledger, message_id, *row)
    outbox.tell_filled(ledger)  # it may have been what closed its lane
    return True


def discard_all(ledger: Ledger, conversation_id: int, sm_id: str) -> None:
    """Remove what failed or waits to be sent of a conversation; what may have arrived stays."""
    rows = ledger.db.execute(
        "SELECT id FROM message WHERE conversation = ? AND state IN ('pending', 'failed')",
        (conversation_id,),
    ).fetchall()
    for (message_id,) in rows:
        discard(ledger, message_id, sm_id)


def remove(ledger: Ledger, ids: Iterable[int]) -> None:
    """Remove messages, and tell of it; their conversations stay."""
    for message_id in ids:
        row = ledger.db.execute(
            "SELECT c.id, c.peer FROM message m JOIN conversation c ON c.id = m.conversation "
            "WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if row is not None:
            ledger.db.execute("DELETE FROM message WHERE id = ?", (message_id,))
            changes.removed(ledger, message_id, *row)


def _merge(ledger: Ledger, row_id: int, conversation_id: int, new: NewMessage) -> None:
    copies.note(ledger, row_id, new)
    if new.way in copies.SAID and not new.is_past:
        reading.renew(ledger, row_id)
    _add_archive_ids(ledger, row_id, new.archive_ids)
    is_different = bool(new.archive_ids) and _merge_archived(ledger, row_id, new)
    if _merge_real_jid(ledger, row_id, new) or is_different:
        changes.touch(ledger, row_id, conversation_id)
    # One of our own in a room has the name that others use only now.
    is_named = any(archive == new.peer for archive, _ in new.archive_ids)
    if _merge_author(ledger, row_id, new) or is_named:
        references.apply(ledger, conversation_id, row_id, new)
    if new.direction == "out":
        # A copy from the server says that it has the message.
        outbox.arrived(ledger, row_id)
        if not outbox.carries(ledger, row_id):
            # What a room tells to all it has not refused, though nobody heard of it in time.
            advance(ledger, [row_id], "sent", is_certain=new.whom.kind == "room")


def _merge_author(ledger: Ledger, row_id: int, new: NewMessage) -> bool:
    # In a room without ids the archive doesn't tell who it was, and the stream may.
    row = ledger.db.execute(
        "UPDATE message SET author = ?1 WHERE id = ?2 AND author = '' AND ?1 <> '' RETURNING id",
        (new.author or "", row_id),
    ).fetchone()
    return row is not None


def _merge_real_jid(ledger: Ledger, row_id: int, new: NewMessage) -> bool:
    if not new.real_jid:
        return False
    row = ledger.db.execute(
        "UPDATE message SET real_jid = ?1, revision = ?2 "
        "WHERE id = ?3 AND real_jid = '' RETURNING id",
        (new.real_jid, ledger.revise(), row_id),
    ).fetchone()
    return row is not None


def _merge_archived(ledger: Ledger, row_id: int, new: NewMessage) -> bool:
    # The archive's clock counts for what others sent; its stamps may be whole seconds.
    row = ledger.db.execute(
        """UPDATE message SET
             stanza_id = iif(stanza_id = '', ?1, stanza_id),
             time = iif(direction = 'in' AND ?2 AND abs(time - ?3) > ?6, ?3, time),
             revision = ?4
           WHERE id = ?5 AND (stanza_id = '' OR
             (direction = 'in' AND ?2 AND abs(time - ?3) > ?6))
           RETURNING id""",
        (
            new.archive_ids[0][1], new.source == "archive", new.time, ledger.revise(), row_id,
            STAMP_US,
        ),
    ).fetchone()  # fmt: skip
    return row is not None


def _add_archive_ids(ledger: Ledger, row_id: int, archive_ids: Iterable[tuple[str, str]]) -> None:
    for archive, stanza_id in archive_ids:
        ledger.db.execute(
            "INSERT OR IGNORE INTO archived (profile, archive, stanza_id, message) "
            "VALUES (?, ?, ?, ?)",
            (ledger.profile_id, archive, stanza_id, row_id),
        )
