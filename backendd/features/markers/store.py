"""How far each occupant of a room has seen what was said there."""

from collections.abc import Mapping, Sequence

from backendd.core.references import Reference, Target
from backendd.features.markers.model import Displayed
from backendd.store import changes, pages
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "seen"

MOST = 200
"""Of how many occupants of a room it is kept; who has said it first goes first."""

_TOLD = 100
"""How many messages of ours are told anew when somebody has seen them all at once."""


def is_closed(view: View, room: str) -> bool:
    """Return whether a room is of members alone, who see who each of them is."""
    row = view.db.execute(
        "SELECT nonanonymous AND members_only FROM room WHERE profile = ? AND room = ?",
        (view.profile_id, room),
    ).fetchone()
    return bool(row and row[0])


def load(view: View, ids: Sequence[int]) -> Mapping[int, Displayed]:
    """Return by whom these messages of ours were seen, of those said in rooms."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"""SELECT m.id, s.sender FROM message m JOIN seen s ON s.conversation = m.conversation
            JOIN message t ON t.id = s.message
            WHERE m.id IN ({marks}) AND m.direction = 'out' AND (t.place, t.id) >= (m.place, m.id)
            ORDER BY m.id, s.id""",
        ids,
    )
    found: dict[int, Displayed] = {}
    for message_id, sender in rows:
        seen: list[str] = []
        seen += found.get(message_id, {}).get("displayed_by", ())
        found[message_id] = {"displayed_by": [*seen, sender]}
    return found


def apply(ledger: Ledger, target: Target, marker: Reference) -> bool:
    """Take note that an occupant has seen all up to a message."""
    row = ledger.db.execute(
        "SELECT message FROM seen WHERE conversation = ? AND author = ?",
        (target.conversation, marker.author),
    ).fetchone()
    at = (target.place, target.id)
    known = pages.place(ledger, target.conversation, row[0]) if row is not None else None
    if known is not None and at <= known:
        return True
    ledger.db.execute(
        "INSERT OR REPLACE INTO seen (profile, conversation, author, sender, message) "
        "VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, target.conversation, marker.author, marker.sender, target.id),
    )
    ledger.db.execute(
        "DELETE FROM seen WHERE conversation = ?1 AND id <= (SELECT id FROM seen "
        "WHERE conversation = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (target.conversation, MOST),
    )
    ours = ledger.db.execute(
        """SELECT id FROM message WHERE conversation = ? AND direction = 'out'
           AND (place, id) <= (?, ?) AND (place, id) > (?, ?)
           ORDER BY place DESC, id DESC LIMIT ?""",
        (target.conversation, *at, *(known or (-(2**63), 0)), _TOLD),
    ).fetchall()
    for (message_id,) in ours:
        changes.contributed(ledger, message_id, TABLE)
    return True
