"""How far each conversation is read: what we have still to publish, and what others have."""

from collections.abc import Sequence

from backendd.features.read_state.model import ReadState
from backendd.store import conversations, pages, reading
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST = 1000
"""How many states are kept of messages that aren't here; the first go first."""

_LOOKED_AT = 200
"""In how many of the messages that were just read a name is looked for."""


def note(ledger: Ledger, conversation_id: int, own: str, read: Sequence[int]) -> bool:
    """Note that these messages are read, oldest first; return whether that is to be published.

    `own` is the archive of our account, which names what isn't said in a room.
    """
    peer = conversations.peer(ledger, conversation_id)
    archive = peer.jid if peer.kind == "room" else own
    for message_id in reversed(read[-_LOOKED_AT:]):
        row = ledger.db.execute(
            "SELECT stanza_id FROM archived WHERE message = ? AND archive = ?",
            (message_id, archive),
        ).fetchone()
        if row is not None:
            state = ReadState(peer.jid, archive, row[0])
            return _forward(ledger, conversation_id, message_id, state, is_published=False)
    return False


def take(ledger: Ledger, state: ReadState, own: str) -> None:
    """Let what another client of ours has published count, now or when its message is here."""
    conversation_id = conversations.find(ledger, state.peer)
    # A room names its messages itself, and so does nobody else but our own account.
    if state.archive not in (own, state.peer):
        return
    if conversation_id is None or not _take(ledger, conversation_id, state):
        _keep(ledger, state)


def take_kept(ledger: Ledger) -> None:
    """Let those count whose messages are here by now."""
    rows = ledger.db.execute(
        "SELECT k.peer, k.archive, k.stanza_id, c.id FROM read_elsewhere k "
        "JOIN conversation c ON c.profile = k.profile AND c.peer = k.peer WHERE k.profile = ?",
        (ledger.profile_id,),
    ).fetchall()
    for *values, conversation_id in rows:
        state = ReadState._make(values)
        if _take(ledger, conversation_id, state):
            ledger.db.execute(
                "DELETE FROM read_elsewhere WHERE profile = ? AND peer = ?",
                (ledger.profile_id, state.peer),
            )


def unpublished(view: View) -> list[ReadState]:
    """Return what our other clients don't know yet."""
    rows = view.db.execute(
        "SELECT c.peer, r.archive, r.stanza_id FROM read_state r "
        "JOIN conversation c ON c.id = r.conversation "
        "WHERE r.profile = ? AND r.is_published = 0",
        (view.profile_id,),
    )
    return list(map(ReadState._make, rows))


def published(ledger: Ledger, state: ReadState) -> None:
    """Note that our other clients know it."""
    ledger.db.execute(
        "UPDATE read_state SET is_published = 1 WHERE profile = ? AND stanza_id = ? "
        "AND archive = ?",
        (ledger.profile_id, state.stanza_id, state.archive),
    )


def _take(ledger: Ledger, conversation_id: int, state: ReadState) -> bool:
    row = ledger.db.execute(
        "SELECT m.id, m.place FROM archived a JOIN message m ON m.id = a.message "
        "WHERE a.profile = ? AND a.archive = ? AND a.stanza_id = ? AND m.conversation = ?",
        (ledger.profile_id, state.archive, state.stanza_id, conversation_id),
    ).fetchone()
    if row is None:
        return False
    message_id, place = row
    if _forward(ledger, conversation_id, message_id, state, is_published=True):
        reading.mark_read_elsewhere(ledger, conversation_id, (place, message_id))
    return True


def _forward(
    ledger: Ledger,
    conversation_id: int,
    message_id: int,
    state: ReadState,
    *,
    is_published: bool,
) -> bool:
    """Move a state on to a message; False where it is there, or further."""
    row = ledger.db.execute(
        "SELECT message FROM read_state WHERE conversation = ?", (conversation_id,)
    ).fetchone()
    known = pages.place(ledger, conversation_id, row[0]) if row is not None and row[0] else None
    new = pages.place(ledger, conversation_id, message_id)
    if known is not None and new is not None and new <= known:
        return False
    ledger.db.execute(
        "INSERT OR REPLACE INTO read_state "
        "(profile, conversation, message, archive, stanza_id, is_published) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, conversation_id, message_id, state.archive, state.stanza_id,
            is_published,
        ),
    )  # fmt: skip
    return True


def _keep(ledger: Ledger, state: ReadState) -> None:
    ledger.db.execute(
        "INSERT OR REPLACE INTO read_elsewhere (profile, peer, archive, stanza_id) "
        "VALUES (?, ?, ?, ?)",
        (ledger.profile_id, *state),
    )
    ledger.db.execute(
        "DELETE FROM read_elsewhere WHERE profile = ?1 AND rowid <= (SELECT rowid "
        "FROM read_elsewhere WHERE profile = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)",
        (ledger.profile_id, MOST),
    )
