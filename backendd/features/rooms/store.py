"""The table of stays: who has which nick in a room now, in the order in which the room says it.

By it occupants of rooms without ids (XEP-0421) are known again, and whose bare JID the room tells.
A stay goes on while the nick changes, and ends when somebody leaves, or we do.
"""

from collections.abc import Iterable

from backendd.api.tuples import NamedTuple
from backendd.features.rooms.model import Seen
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Stay(NamedTuple):
    """The stay of somebody in a room, and their bare JID, where the room has told it."""

    id: int
    jid: str


def follow(ledger: Ledger, seen: Iterable[Seen]) -> None:
    """Store who came, left, or goes on under another nick, in order."""
    for each in seen:
        here = (ledger.profile_id, each.room, each.nick)
        if each.occupant is not None:
            ledger.db.execute(
                "INSERT INTO stay (profile, room, nick, jid) VALUES (?, ?, ?, ?) ON CONFLICT "
                "DO UPDATE SET jid = excluded.jid WHERE excluded.jid NOT IN ('', jid)",
                (*here, each.occupant.jid),
            )
        elif each.left is not None and each.left.new_nick:
            ledger.db.execute(
                "UPDATE OR REPLACE stay SET nick = ?4 "
                "WHERE profile = ?1 AND room = ?2 AND nick = ?3",
                (*here, each.left.new_nick),
            )
        elif each.is_us:
            end(ledger, each.room)
        else:
            ledger.db.execute("DELETE FROM stay WHERE profile = ? AND room = ? AND nick = ?", here)


def find(view: View, room: str, nick: str) -> Stay | None:
    """Return the stay of whoever has a nick in a room now."""
    row = view.db.execute(
        "SELECT id, jid FROM stay WHERE profile = ? AND room = ? AND nick = ?",
        (view.profile_id, room, nick),
    ).fetchone()
    return Stay(*row) if row else None


def end(ledger: Ledger, room: str) -> None:
    """End all stays in a room: what goes on there now we don't see."""
    ledger.db.execute("DELETE FROM stay WHERE profile = ? AND room = ?", (ledger.profile_id, room))


def end_all(ledger: Ledger) -> None:
    """End all stays."""
    ledger.db.execute("DELETE FROM stay WHERE profile = ?", (ledger.profile_id,))
