"""Which nicks we have had in rooms, and since when."""

from backendd.core import clock
from backendd.core.authors import Held
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST = 50
"""How many of one room are kept, the last ones: it is the room that says what we are called."""


def held(view: View, room: str) -> tuple[Held, ...]:
    """Return which nicks we have had in a room, the first one first."""
    rows = view.db.execute(
        "SELECT since, nick FROM nick_held WHERE profile = ? AND room = ? ORDER BY since",
        (view.profile_id, room),
    )
    return tuple(map(Held._make, rows))


def hold(ledger: Ledger, room: str, nick: str) -> None:
    """Store that from now on we have this nick."""
    those = (ledger.profile_id, room)
    known = held(ledger, room)
    if known and known[-1].nick == nick:
        return
    # Two within a microsecond are told apart all the same.
    since = max(clock.now_us(), known[-1].since + 1 if known else 0)
    ledger.db.execute(
        "INSERT INTO nick_held (profile, room, since, nick) VALUES (?, ?, ?, ?)",
        (*those, since, nick),
    )
    ledger.db.execute(
        "DELETE FROM nick_held WHERE profile = ?1 AND room = ?2 AND since <= (SELECT since "
        "FROM nick_held WHERE profile = ?1 AND room = ?2 ORDER BY since DESC LIMIT 1 OFFSET ?3)",
        (*those, MOST),
    )
