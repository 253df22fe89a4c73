"""How conversations of bookmarked rooms behave, and what of that the server doesn't know yet."""

from backendd.api.words import Notify
from backendd.core.bookmarks import Bookmark
from backendd.core.conversations import Behaviour, Peer
from backendd.store import conversations
from backendd.store.ledger import Ledger
from backendd.store.view import View


def wish(ledger: Ledger, room: str, wanted: Behaviour) -> None:
    """Note what the user wants of a room; what is None there is wanted as before."""
    if wanted.pinned is None and wanted.notify is None:
        return
    ledger.db.execute(
        "INSERT INTO bookmark_wish (profile, room, pinned, notify) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (profile, room) DO UPDATE SET "
        "pinned = coalesce(excluded.pinned, pinned), notify = coalesce(excluded.notify, notify)",
        (ledger.profile_id, room, wanted.pinned, wanted.notify),
    )


def want(ledger: Ledger, room: str, wanted: Behaviour) -> None:
    """Have a conversation behave as the user wants, and note that the server is to know that."""
    conversations.behave(ledger, _conversation(ledger, room), wanted)
    wish(ledger, room, wanted)


def wish_as_it_is(ledger: Ledger, bookmark: Bookmark) -> None:
    """Want what the user has set in a room before it was bookmarked, where that says nothing."""
    row = ledger.db.execute(
        "SELECT pinned, notify FROM conversation WHERE profile = ? AND peer = ?",
        (ledger.profile_id, bookmark.room),
    ).fetchone()
    if row is None:
        return
    pinned, notify = row
    is_set = bool(notify) and bookmark.notify is None
    is_to_pin = bool(pinned) and not bookmark.pinned
    wish(ledger, bookmark.room, Behaviour(is_to_pin or None, notify if is_set else None))


def wishes(view: View) -> list[tuple[str, Behaviour]]:
    """Return what is wanted, room by room."""
    rows = view.db.execute(
        "SELECT room, pinned, notify FROM bookmark_wish WHERE profile = ? ORDER BY room",
        (view.profile_id,),
    )
    return [(room, _behaviour(pinned, notify)) for room, pinned, notify in rows]


def wished(view: View, room: str) -> Behaviour:
    """Return what is wanted of a room."""
    row = view.db.execute(
        "SELECT pinned, notify FROM bookmark_wish WHERE profile = ? AND room = ?",
        (view.profile_id, room),
    ).fetchone()
    return _behaviour(*row) if row else Behaviour()


def settle(ledger: Ledger, room: str, known: Behaviour) -> None:
    """Take note that the server knows this by now; what is wanted otherwise since then stays."""
    key = (ledger.profile_id, room)
    ledger.db.execute(
        "UPDATE bookmark_wish SET pinned = nullif(pinned, ?), notify = nullif(notify, ?) "
        "WHERE profile = ? AND room = ?",
        (known.pinned, known.notify, *key),
    )
    ledger.db.execute(
        "DELETE FROM bookmark_wish "
        "WHERE profile = ? AND room = ? AND pinned IS NULL AND notify IS NULL",
        key,
    )


def forget(ledger: Ledger, room: str) -> None:
    """Want nothing of a room any more: nothing keeps it."""
    ledger.db.execute(
        "DELETE FROM bookmark_wish WHERE profile = ? AND room = ?", (ledger.profile_id, room)
    )


def behave(ledger: Ledger, room: str, said: Behaviour) -> None:
    """Have the conversation with a room behave as is said, where nothing else is wanted."""
    wanted = wished(ledger, room)
    pinned = said.pinned if wanted.pinned is None else None
    notify = said.notify if wanted.notify is None else None
    if pinned is not None or notify is not None:
        conversations.behave(ledger, _conversation(ledger, room), Behaviour(pinned, notify))


def _conversation(ledger: Ledger, room: str) -> int:
    # Somebody may have been bookmarked by mistake: they become no room by that.
    known = conversations.find(ledger, room)
    return known or conversations.ensure_closed(ledger, Peer(room, "room"))


def _behaviour(pinned: int | None, notify: Notify | None) -> Behaviour:
    return Behaviour(None if pinned is None else bool(pinned), notify)
