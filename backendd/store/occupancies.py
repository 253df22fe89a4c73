"""What we are in rooms, and were there last: the part of the room table that says so."""

from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer
from backendd.store import nicks
from backendd.store.view import View

_SECOND_US = 1_000_000


def occupied(view: View) -> list[tuple[str, Occupancy, bool]]:
    """Return in which rooms the present stream has us, as what, and if each gives messages ids."""
    rows = view.db.execute(
        "SELECT room, nick, occupant_id, gives_ids, has_ids FROM room "
        "WHERE profile = ? AND is_in = 1",
        (view.profile_id,),
    )
    return [
        (
            room,
            Occupancy(nick, occupant_id, bool(gives_ids), held=nicks.held(view, room)),
            bool(has_ids),
        )
        for room, nick, occupant_id, gives_ids, has_ids in rows
    ]


def last_occupant_id(view: View, room: str) -> str:
    """Return the id (XEP-0421) that a room gave us last."""
    row = view.db.execute(
        "SELECT occupant_id FROM room WHERE profile = ? AND room = ?", (view.profile_id, room)
    ).fetchone()
    return str(row[0]) if row else ""


def nick(view: View, room: str) -> str:
    """Return the nick that we have in a room, or want to have there; empty where it isn't known."""
    row = view.db.execute(
        "SELECT iif(nick = '', wanted_nick, nick) FROM room WHERE profile = ? AND room = ?",
        (view.profile_id, room),
    ).fetchone()
    return str(row[0]) if row else ""


def last_nick(view: View, room: str) -> str:
    """Return the nick that we wanted in a room which is none of ours any more."""
    row = view.db.execute(
        "SELECT nick FROM room_nick WHERE profile = ? AND room = ?", (view.profile_id, room)
    ).fetchone()
    return str(row[0]) if row else ""


def was_open(view: View, room: str) -> bool:
    """Return whether a room, when we were there, let in others than its members."""
    row = view.db.execute(
        "SELECT affiliation <> '' AND members_only = 0 FROM room WHERE profile = ? AND room = ?",
        (view.profile_id, room),
    ).fetchone()
    return bool(row and row[0])


def was_nonanonymous(view: View, room: str, time: int) -> bool:
    """Return whether a room is known to have told everybody who its occupants are since `time`."""
    row = view.db.execute(
        "SELECT nonanonymous_since FROM room WHERE profile = ? AND room = ?",
        (view.profile_id, room),
    ).fetchone()
    # Archives may count in whole seconds.
    return bool(row and row[0]) and time >= row[0] - row[0] % _SECOND_US


def ourselves(view: View, whom: Peer, own: str) -> str:
    """Return as whom we speak in a conversation: there by room and nick, else by our bare JID."""
    room = whom.jid.partition("/")[0]
    known = nick(view, room) if whom.kind != "chat" else ""
    return f"{room}/{known}" if known else own


def last_time(view: View, room: str) -> int:
    """Return when the last was said in a room that is here; 0 where nothing is."""
    (last,) = view.db.execute(
        "SELECT max(m.time) FROM message m JOIN conversation c ON c.id = m.conversation "
        "WHERE c.profile = ? AND c.peer = ? AND m.direction = 'in'",
        (view.profile_id, room),
    ).fetchone()
    return last or 0
