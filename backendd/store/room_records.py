"""The records of rooms: what they have said of themselves, and how they are bookmarked."""

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.words import Affiliation, Role
from backendd.store.view import View


class _Row(NamedTuple):
    """The columns of a room that its record has."""

    room: str
    name: str
    nick: str
    wanted_nick: str
    subject: str
    subject_by: str
    role: Role
    affiliation: Affiliation
    nonanonymous: int
    members_only: int
    password_protected: int
    moderated: int
    retracts: int
    avatar: str
    error_name: str
    error_text: str
    moved_to: str
    revision: int
    bookmark_name: str | None
    autojoin: int | None


_OWN = ", ".join(f"r.{name}" for name in _Row._fields[:-2])
_SELECT = (
    f"SELECT {_OWN}, b.name, b.autojoin FROM room r "
    "LEFT JOIN bookmark b ON b.profile = r.profile AND b.room = r.room WHERE r.profile = ?"
)


def load(view: View, room: str = "") -> list[records.Room]:
    """Return the records of all rooms, by their JIDs, or of one that is known.

    What isn't stored, the state and who is there, is missing in them.
    """
    query, values = f"{_SELECT} ORDER BY r.room", [view.profile_id]
    if room:
        rows = view.db.execute(f"{_SELECT} AND r.room = ?", (*values, room))
    else:
        rows = view.db.execute(query, values)
    return [_record(_Row._make(row)) for row in rows]


def _record(row: _Row) -> records.Room:
    return records.Room(
        room=row.room, name=row.bookmark_name or row.name, nick=row.nick or row.wanted_nick,
        subject=row.subject, subject_by=row.subject_by, role=row.role, affiliation=row.affiliation,
        nonanonymous=bool(row.nonanonymous), members_only=bool(row.members_only),
        password_protected=bool(row.password_protected), moderated=bool(row.moderated),
        retracts=bool(row.retracts), avatar=row.avatar,
        error=(row.error_name, row.error_text), moved_to=row.moved_to, revision=row.revision,
        bookmarked=row.autojoin is not None, autojoin=bool(row.autojoin),
    )  # fmt: skip
