"""The tables of who is ignored in which room, and of what they have said."""

from collections.abc import Iterable, Mapping, Sequence

from backendd.api import records
from backendd.core import authors
from backendd.core.ignoring import IgnoredChanged
from backendd.features.ignoring.model import Unheard
from backendd.store import changes, conversations, reading
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "unheard"

MOST_TOLD = 1000
"""How many messages of one are told anew; older ones are different when they are read again."""

_THEIRS = """SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation
    WHERE c.profile = ?1 AND (c.peer = ?2 OR c.peer LIKE ?3 ESCAPE '\\')
    AND m.direction = 'in' AND m.author = ?4 ORDER BY m.id DESC"""


def load(view: View, room: str = "") -> list[records.Ignored]:
    """Return who is ignored in a room, or in all, by room and nick."""
    rows = view.db.execute(
        "SELECT room, occupant_id, nick, time FROM ignored WHERE profile = ?1 "
        "AND ?2 IN ('', room) ORDER BY room, nick, occupant_id",
        (view.profile_id, room),
    )
    return [
        records.Ignored(room=where, occupant_id=occupant_id, nick=nick, time=time)
        for where, occupant_id, nick, time in rows
    ]


def has(view: View, room: str, occupant_id: str) -> bool:
    """Return whether an occupant is ignored."""
    row = view.db.execute(
        "SELECT 1 FROM ignored WHERE profile = ? AND room = ? AND occupant_id = ?",
        (view.profile_id, room, occupant_id),
    ).fetchone()
    return row is not None


def unheard(view: View, ids: Sequence[int]) -> Mapping[int, Unheard]:
    """Return which of these messages are of somebody who is ignored."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(f"SELECT message FROM unheard WHERE message IN ({marks})", ids)
    return {message_id: Unheard(ignored=True) for (message_id,) in rows}


def nick_of(view: View, room: str, occupant_id: str) -> str:
    """Return by which nick somebody spoke in a room last, empty where that isn't known."""
    row = view.db.execute(
        "SELECT m.sender FROM message m JOIN conversation c ON c.id = m.conversation "
        "WHERE c.profile = ? AND c.peer = ? AND m.author = ? ORDER BY m.id DESC LIMIT 1",
        (view.profile_id, room, authors.key_of(occupant_id)),
    ).fetchone()
    return str(row[0]).partition("/")[2] if row else ""


def hush(ledger: Ledger, message_id: int) -> None:
    """Note that a message is of somebody who is ignored."""
    ledger.db.execute(
        "INSERT OR IGNORE INTO unheard (message, profile) VALUES (?, ?)",
        (message_id, ledger.profile_id),
    )
    changes.contributed(ledger, message_id, TABLE)


def ignore(ledger: Ledger, new: records.Ignored) -> None:
    """Store that an occupant is ignored: nothing of theirs waits to be read any more."""
    ledger.db.execute(
        "INSERT INTO ignored (profile, room, occupant_id, nick, time) VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, new.room, new.occupant_id, new.nick, new.time),
    )
    theirs = _theirs(ledger, new.room, new.occupant_id)
    ledger.db.executemany(
        "INSERT OR IGNORE INTO unheard (message, profile) VALUES (?, ?)",
        [(message_id, ledger.profile_id) for message_id in theirs],
    )
    for message_id in theirs:
        reading.let_go(ledger, message_id)
    _touch(ledger, new.room, new.occupant_id, theirs)


def heed(ledger: Ledger, room: str, occupant_id: str) -> bool:
    """Store that an occupant is ignored no longer; False where nobody was."""
    gone = ledger.db.execute(
        "DELETE FROM ignored WHERE profile = ? AND room = ? AND occupant_id = ? RETURNING 1",
        (ledger.profile_id, room, occupant_id),
    ).fetchone()
    if gone is None:
        return False
    theirs = _theirs(ledger, room, occupant_id)
    ledger.db.executemany("DELETE FROM unheard WHERE message = ?", [(each,) for each in theirs])
    _touch(ledger, room, occupant_id, theirs)
    return True


def _theirs(ledger: Ledger, room: str, occupant_id: str) -> list[int]:
    """Return what somebody has said in a room, also to us alone; the newest first."""
    alone = "".join(f"\\{char}" if char in "%_\\" else char for char in room) + "/%"
    arguments = (ledger.profile_id, room, alone, authors.key_of(occupant_id))
    return [message_id for (message_id,) in ledger.db.execute(_THEIRS, arguments)]


def _touch(ledger: Ledger, room: str, occupant_id: str, theirs: Sequence[int]) -> None:
    """Have all told that is theirs, and what shows something of them."""
    told, contributors = theirs[:MOST_TOLD], ledger.contributors
    for message_id in reversed(told):
        changes.contributed(ledger, message_id, TABLE)
    showing = [each for message_id in told for each in contributors.quoting(ledger, message_id)]
    showing += contributors.by(ledger, authors.key_of(occupant_id), MOST_TOLD)
    for message_id in dict.fromkeys(showing):
        changes.revise(ledger, message_id)
    conversations.touch_with(ledger, room)
    ledger.note(_tell, room)


def _tell(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [IgnoredChanged(room, load(ledger, room)) for room in dict.fromkeys(rooms)]
