"""How it stands with a room, as it is stored."""

from backendd.api.errors import BackendError, Banned, RoomPasswordRequired, UnknownRoom
from backendd.core import jid
from backendd.features.rooms import store
from backendd.features.rooms.model import Gone
from backendd.store import lanes, room_passwords, rooms, settling
from backendd.store.ledger import Ledger
from backendd.store.rooms import Wish
from backendd.store.view import View


def want(ledger: Ledger, wish: Wish, password: str) -> None:
    """Store that a room is to be entered, with a password where one is given."""
    rooms.want(ledger, wish)
    if password:
        room_passwords.keep(ledger, wish.room, password)


def leave(ledger: Ledger, room: str) -> None:
    """Store that a room is left, and to be entered no more; nothing more goes out there."""
    rooms.remove(ledger, room)
    store.end(ledger, room)
    why = UnknownRoom(f"you have left {jid.shown(room)}")
    settling.give_up(ledger, lanes.conversation(room), why)


def note(ledger: Ledger, room: str, error: BackendError | None, *, is_wanted: bool) -> None:
    """Store why we are not in a room; where that is for good, nothing more goes out there."""
    rooms.note_error(ledger, room, error, is_wanted=is_wanted)
    if isinstance(error, RoomPasswordRequired):
        room_passwords.keep(ledger, room, "")  # the one that is known is wrong
    if isinstance(error, Gone):
        rooms.note_gone(ledger, room, error.venue)
    if error is not None and not is_wanted:
        settling.give_up(ledger, lanes.conversation(room), error)


def ban(view: View, room: str) -> str:
    """Return how we were banned from a room, empty where that isn't what keeps us out."""
    row = view.db.execute(
        "SELECT error_text FROM room WHERE profile = ? AND room = ? AND error_name = ?",
        (view.profile_id, room, Banned.__name__),
    ).fetchone()
    return row[0] if row else ""
