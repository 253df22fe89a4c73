"""The room table: those in which we are or want to be, and what they have said of themselves."""

from collections.abc import Iterable

from backendd.api import records
from backendd.api.errors import BackendError
from backendd.api.tuples import NamedTuple
from backendd.core.conversations import Peer
from backendd.core.rooms import Facts, RoomsChanged
from backendd.store import conversations, nicks, occupancies, room_records
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Wish(NamedTuple):
    """Whether a room is to be entered, and with which nick."""

    room: str
    nick: str
    is_wanted: bool = True


def touch(ledger: Ledger, room: str) -> None:
    """Have a room told, with a new revision, if it is known."""
    ledger.note(_tell, room)


def _tell(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    for room in rooms:
        ledger.db.execute(
            "UPDATE room SET revision = ? WHERE profile = ? AND room = ?",
            (ledger.revise(), ledger.profile_id, room),
        )
    return [RoomsChanged([record for room in rooms for record in room_records.load(ledger, room)])]


def _tell_gone(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [RoomsChanged([], rooms)]


def is_wanted(view: View, room: str) -> bool:
    """Return whether we are in a room, or want to be."""
    row = view.db.execute(
        "SELECT is_wanted FROM room WHERE profile = ? AND room = ?", (view.profile_id, room)
    ).fetchone()
    return bool(row and row[0])


def wishes(view: View) -> list[Wish]:
    """Return how each known room is to be entered."""
    rows = view.db.execute(
        "SELECT room, wanted_nick, is_wanted FROM room WHERE profile = ?", (view.profile_id,)
    )
    return [Wish(room, nick, bool(is_wanted)) for room, nick, is_wanted in rows]


def want(ledger: Ledger, wish: Wish) -> None:
    """Store that a room is to be entered, or only how."""
    ledger.db.execute(
        """INSERT INTO room (profile, room, wanted_nick, is_wanted) VALUES (?, ?, ?, ?)
           ON CONFLICT (profile, room) DO UPDATE SET
             wanted_nick = excluded.wanted_nick, is_wanted = excluded.is_wanted,
             error_name = '', error_text = '', is_gone = 0, moved_to = ''""",
        (ledger.profile_id, *wish),
    )
    touch(ledger, wish.room)


def note_error(ledger: Ledger, room: str, error: BackendError | None, *, is_wanted: bool) -> None:
    """Store why we are not in a room, and whether we still want to be; or that all is well."""
    name, sentence = (error.name, str(error)) if error is not None else ("", "")
    ledger.db.execute(
        "UPDATE room SET error_name = ?, error_text = ?, is_wanted = ? "
        "WHERE profile = ? AND room = ?",
        (name, sentence, is_wanted, ledger.profile_id, room),
    )
    touch(ledger, room)
    conversations.touch_with(ledger, room)


def note_gone(ledger: Ledger, room: str, moved_to: str) -> None:
    """Store that a room is no more, and where it goes on."""
    ledger.db.execute(
        "UPDATE room SET is_gone = 1, moved_to = ? WHERE profile = ? AND room = ?",
        (moved_to, ledger.profile_id, room),
    )
    touch(ledger, room)


def why_gone(view: View, room: str) -> str:
    """Return what is said of a room that is no more; nothing of others."""
    row = view.db.execute(
        "SELECT error_text FROM room WHERE profile = ? AND room = ? AND is_gone = 1",
        (view.profile_id, room),
    ).fetchone()
    return str(row[0]) if row else ""


def enter(
    ledger: Ledger, room: str, us: records.Occupant, *, gives_ids: bool, has_ids: bool
) -> None:
    """Store that the present stream has us in a room, and what we are there.

    While we are in, nobody is us who has not our nick, whatever is said of them.
    """
    ledger.db.execute(
        "UPDATE room SET is_in = 1, nick = ?1, role = ?2, affiliation = ?3, occupant_id = ?4, "
        "gives_ids = ?5, has_ids = ?6 WHERE profile = ?7 AND room = ?8 "
        "AND (is_in = 0 OR nick = ?1)",
        (
            us.nick, us.role, us.affiliation, us.occupant_id if gives_ids else "", gives_ids,
            has_ids, ledger.profile_id, room,
        ),
    )  # fmt: skip
    nicks.hold(ledger, room, occupancies.nick(ledger, room))
    touch(ledger, room)


def rename(ledger: Ledger, room: str, nick: str, new_nick: str) -> None:
    """Store that we go on under another nick."""
    row = ledger.db.execute(
        "UPDATE room SET nick = ? WHERE profile = ? AND room = ? AND nick = ? RETURNING nick",
        (new_nick, ledger.profile_id, room, nick),
    ).fetchone()
    if row is not None:
        nicks.hold(ledger, room, new_nick)
    touch(ledger, room)


def describe(ledger: Ledger, room: str, facts: Facts, now: int) -> None:
    """Store what a room says `now` that it is."""
    ledger.db.execute(
        "UPDATE room SET name = ?1, nonanonymous = ?2, members_only = ?3, password_protected = ?4, "
        "moderated = ?5, retracts = ?6, "
        "nonanonymous_since = iif(NOT ?2, 0, iif(nonanonymous_since, nonanonymous_since, ?7)) "
        "WHERE ?8 AND profile = ?9 AND room = ?10",
        (
            facts.name, facts.is_nonanonymous, facts.is_members_only, facts.takes_password,
            facts.is_moderated, facts.retracts, now, facts.is_known, ledger.profile_id, room,
        ),
    )  # fmt: skip
    if facts.is_known:
        _picture(ledger, room, facts.avatar)
    conversations.ensure(ledger, Peer(room, "room"), active=0)
    touch(ledger, room)


def _picture(ledger: Ledger, room: str, avatar: str | None) -> None:
    """Store which picture a room says that it has; where it never said one, presence may have."""
    ledger.db.execute(
        "UPDATE room SET avatar = coalesce(?1, ''), avatar_by = 'info' WHERE profile = ?2 "
        "AND room = ?3 AND (?1 IS NOT NULL OR avatar_by = 'info')",
        (avatar, ledger.profile_id, room),
    )


def show_picture(ledger: Ledger, room: str, avatar: str) -> None:
    """Store which picture the presence of a room itself tells of, an empty hash: none."""
    ledger.db.execute(
        "UPDATE room SET avatar = ?, avatar_by = 'presence' WHERE profile = ? AND room = ?",
        (avatar, ledger.profile_id, room),
    )
    touch(ledger, room)


def picture(view: View, room: str) -> str:
    """Return the hash of the picture of a room, empty without one."""
    row = view.db.execute(
        "SELECT avatar FROM room WHERE profile = ? AND room = ?", (view.profile_id, room)
    ).fetchone()
    return str(row[0]) if row else ""


def set_subject(ledger: Ledger, room: str, subject: str, by: str) -> None:
    """Store what a room is about, and the nick of who said so."""
    ledger.db.execute(
        "UPDATE room SET subject = ?, subject_by = ? WHERE profile = ? AND room = ?",
        (subject, by, ledger.profile_id, room),
    )
    touch(ledger, room)


def leave(ledger: Ledger, room: str) -> None:
    """Store that we are in a room no more."""
    ledger.db.execute(
        "UPDATE room SET is_in = 0, role = '', nick = '' WHERE profile = ? AND room = ?",
        (ledger.profile_id, room),
    )
    touch(ledger, room)


def leave_all(ledger: Ledger) -> None:
    """Store that we are in no room any more."""
    ledger.db.execute(
        "UPDATE room SET is_in = 0, role = '', nick = '' WHERE profile = ? AND is_in = 1",
        (ledger.profile_id,),
    )


def remove(ledger: Ledger, room: str) -> None:
    """Forget a room, unless it is bookmarked; its conversation stays."""
    those = (ledger.profile_id, room)
    ledger.db.execute("UPDATE room SET is_wanted = 0 WHERE profile = ? AND room = ?", those)
    forget(ledger, room)


def forget(ledger: Ledger, room: str) -> None:
    """Forget a room that is neither wanted nor bookmarked any more, but for our nick there."""
    gone = ledger.db.execute(
        """DELETE FROM room WHERE profile = ?1 AND room = ?2 AND is_wanted = 0 AND NOT EXISTS (
             SELECT 1 FROM bookmark WHERE profile = ?1 AND room = ?2)
           RETURNING wanted_nick, affiliation""",
        (ledger.profile_id, room),
    ).fetchone()
    if gone is not None and gone[1]:  # we were in it
        ledger.db.execute(
            "INSERT OR REPLACE INTO room_nick (profile, room, nick) VALUES (?, ?, ?)",
            (ledger.profile_id, room, gone[0]),
        )
    ledger.note(_tell if gone is None else _tell_gone, room)
    conversations.touch_with(ledger, room)
