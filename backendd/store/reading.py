"""Read and unread: the state of incoming messages.

What is read is told by the record of its conversation alone: each message was told when it came,
and a flood that is read as it comes would be told twice.
"""

from collections.abc import Sequence

from backendd.core.conversations import Peer
from backendd.store import changes, conversations, pages, targets
from backendd.store.ledger import Ledger
from backendd.store.unheard import IS_UNHEARD
from backendd.store.view import View


def mark_read(ledger: Ledger, conversation_id: int, at: tuple[int, int]) -> list[int]:
    """Mark incoming messages up to the place `at` as read; return those that were not, in order."""
    return _mark_read(ledger, conversation_id, at, which="1")


def mark_answered(ledger: Ledger, conversation_id: int, answer: int) -> None:
    """Mark what stands before a message of our own as read, but for what the user marked unread."""
    at = pages.place(ledger, conversation_id, answer)
    assert at is not None
    _mark_read(ledger, conversation_id, at, which="marked = 0")


def mark_read_elsewhere(ledger: Ledger, conversation_id: int, at: tuple[int, int]) -> None:
    """Mark what another client of ours has read as read, but for what the user marked unread."""
    _mark_read(ledger, conversation_id, at, which="marked = 0")


def mark_if_answered(ledger: Ledger, conversation_id: int, message_id: int) -> None:
    """Mark a message as read if one of our own from another client stands behind it."""
    at = pages.place(ledger, conversation_id, message_id)
    assert at is not None
    answer = ledger.db.execute(
        "SELECT 1 FROM message WHERE conversation = ? AND (place, id) > (?, ?) "
        "AND direction = 'out' AND source <> 'sent' LIMIT 1",
        (conversation_id, *at),
    ).fetchone()
    if answer:
        _set_state(ledger, message_id, conversation_id, "read")


def _mark_read(
    ledger: Ledger, conversation_id: int, at: tuple[int, int], *, which: str
) -> list[int]:
    rows = ledger.db.execute(
        f"SELECT id, {which} FROM message WHERE conversation = ? AND state = 'unread' "
        "AND (place, id) <= (?, ?) ORDER BY place, id",
        (conversation_id, *at),
    ).fetchall()
    read = [message_id for message_id, is_read in rows if is_read]
    if len(read) < len(rows):  # the record can't say which
        for message_id in read:
            _set_state(ledger, message_id, conversation_id, "read")
        return read
    ledger.db.executemany(
        "UPDATE message SET state = 'read', marked = 0, revision = ? WHERE id = ?",
        [(ledger.revise(), message_id) for message_id in read],
    )
    if _move_forward(ledger, conversation_id, at) or read:
        conversations.touch(ledger, conversation_id)
    return read


def _move_forward(ledger: Ledger, conversation_id: int, at: tuple[int, int]) -> bool:
    # Forward only: who looks at an old message has not unread the newer ones.
    moved = ledger.db.execute(
        """UPDATE conversation SET read_up_to = ?2 WHERE id = ?1 AND NOT EXISTS (
             SELECT 1 FROM message m WHERE m.id = read_up_to AND m.conversation = ?1
             AND (m.place, m.id) >= (?3, ?2)) RETURNING id""",
        (conversation_id, at[1], at[0]),
    ).fetchone()
    return moved is not None


def step_back(ledger: Ledger, message_id: int) -> None:
    """Have what is read end before a message that is about to go, where it ends with it."""
    ledger.db.execute(
        """UPDATE conversation SET read_up_to = coalesce((
             SELECT b.id FROM message b JOIN message m ON m.id = ?1
             WHERE b.conversation = m.conversation AND (b.place, b.id) < (m.place, m.id)
             ORDER BY b.place DESC, b.id DESC LIMIT 1), 0)
           WHERE read_up_to = ?1""",
        (message_id,),
    )


def let_go(ledger: Ledger, message_id: int) -> None:
    """Have nobody waited for who reads a message that is history, or says nothing any more."""
    row = ledger.db.execute(
        "SELECT conversation FROM message WHERE id = ? AND state = 'unread'", (message_id,)
    ).fetchone()
    if row is not None:
        _set_state(ledger, message_id, row[0], "read")


def renew(ledger: Ledger, message_id: int) -> None:
    """Have history be news: the stream brings as it is said what an archive has brought already.

    It is unread, but where more than it was read meanwhile, or another client of ours has said
    something behind it.
    """
    row = ledger.db.execute(
        "UPDATE message AS m SET past = 0, source = 'live', revision = ? "
        f"WHERE id = ? AND past = 1 AND body <> '' AND NOT {IS_UNHEARD} "
        "RETURNING conversation, direction, time",
        (ledger.revise(), message_id),
    ).fetchone()
    if row is None:
        return
    conversation_id, direction, time = row
    conversations.ensure(ledger, conversations.peer(ledger, conversation_id), active=time)
    if direction == "out":
        mark_answered(ledger, conversation_id, message_id)
    elif not _is_read(ledger, conversation_id, message_id):
        _set_state(ledger, message_id, conversation_id, "unread")


def _is_read(view: View, conversation_id: int, message_id: int) -> bool:
    """Return whether a message was read here, or answered while it came."""
    at = pages.place(view, conversation_id, message_id)
    assert at is not None
    row = view.db.execute(
        """SELECT 1 FROM message m JOIN conversation c ON c.id = m.conversation
           WHERE m.conversation = ?1 AND (m.place, m.id) >= (?2, ?3) AND (m.id = c.read_up_to
             OR (m.direction = 'out' AND m.source <> 'sent' AND m.past = 0)) LIMIT 1""",
        (conversation_id, *at),
    ).fetchone()
    return row is not None


def mark_unread(ledger: Ledger, conversation_id: int, at: tuple[int, int]) -> None:
    """Mark the incoming messages from the place `at` on as unread."""
    rows = ledger.db.execute(
        "UPDATE message SET marked = 1 WHERE conversation = ? AND direction = 'in' "
        "AND (place, id) >= (?, ?) RETURNING id, state",
        (conversation_id, *at),
    ).fetchall()
    for message_id, state in rows:
        if state == "read":
            _set_state(ledger, message_id, conversation_id, "unread")
    previous = ledger.db.execute(
        "SELECT id FROM message WHERE conversation = ? AND direction = 'in' "
        "AND (place, id) < (?, ?) ORDER BY place DESC, id DESC LIMIT 1",
        (conversation_id, *at),
    ).fetchone()
    ledger.db.execute(
        "UPDATE conversation SET read_up_to = ? WHERE id = ?",
        (previous[0] if previous else 0, conversation_id),
    )
    conversations.touch(ledger, conversation_id)


def _set_state(ledger: Ledger, message_id: int, conversation_id: int, state: str) -> None:
    ledger.db.execute(
        "UPDATE message SET state = ?1, revision = ?2, marked = iif(?1 = 'read', 0, marked) "
        "WHERE id = ?3",
        (state, ledger.revise(), message_id),
    )
    changes.touch(ledger, message_id, conversation_id)


def marks_for(view: View, conversation_id: int) -> Peer | None:
    """Return whom to tell what was read of a conversation; None if nobody shall be told."""
    row = view.db.execute(
        "SELECT peer, kind FROM conversation WHERE id = ? AND markers = 1", (conversation_id,)
    ).fetchone()
    return Peer._make(row) if row else None


def newest_markable(view: View, whom: Peer, ids: Sequence[int]) -> str:
    """Return the name of the last of these messages of which it may be told that it was read.

    In a room that is any that the room has named; else its id attribute, if its sender asks.
    """
    for message_id in reversed(ids):
        if whom.kind == "room":
            if name := targets.name(view, message_id):
                return name
            continue
        row = view.db.execute(
            "SELECT message_id FROM message WHERE id = ? AND markable = 1", (message_id,)
        ).fetchone()
        if row and row[0]:
            return str(row[0])
    return ""
