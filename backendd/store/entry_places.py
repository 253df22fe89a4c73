"""Where entries stand: by when they were published, in a second as their services have them.

Most say whole seconds, and many can be of one: what a page of them ends with is behind it still
only where no two of a profile stand at one place.
"""

import json
from collections.abc import Sequence

from backendd.store.ledger import Ledger
from backendd.store.view import View

_SECOND_US = 1_000_000


def place(view: View, wanted: int, *, before: int | None = None, is_older: bool = False) -> int:
    """Return where an entry stands that was published at `wanted`, above others of that second.

    Below them what `is_older`. What stood `before` in the same second stays there.
    """
    if before is not None and abs(before - wanted) < _SECOND_US:
        return before
    (lowest, highest) = view.db.execute(
        "SELECT (SELECT min(place) FROM entry WHERE profile = ?1 AND place > ?3 AND place <= ?2), "
        "(SELECT max(place) FROM entry WHERE profile = ?1 AND place >= ?2 AND place < ?4) "
        "WHERE EXISTS (SELECT 1 FROM entry WHERE profile = ?1 AND place = ?2)",
        (view.profile_id, wanted, wanted - _SECOND_US, wanted + _SECOND_US),
    ).fetchone() or (wanted + 1, wanted - 1)
    return int(lowest) - 1 if is_older else int(highest) + 1


def arrange(ledger: Ledger, feed_id: int, items: Sequence[str]) -> list[int]:
    """Have entries of a feed of one second stand as they are given, newest first.

    Return the ids of those that stand elsewhere now.
    """
    rows = ledger.db.execute(
        "SELECT e.id, place FROM json_each(?) j JOIN entry e ON e.feed = ? AND e.item = j.value "
        "ORDER BY j.key DESC",
        (json.dumps(items), feed_id),
    ).fetchall()
    moved, below = list[int](), -_SECOND_US
    for entry_id, now in rows:
        if now <= below < now + _SECOND_US:
            moved.append(entry_id)
            now = _free(ledger, below + 1)
            ledger.db.execute("UPDATE entry SET place = ? WHERE id = ?", (now, entry_id))
        below = now
    return moved


def _free(view: View, place: int) -> int:
    """Return the first place from this one on at which nothing of the profile stands."""
    (free,) = view.db.execute(
        "WITH RECURSIVE taken (place) AS (SELECT ?2 UNION ALL SELECT place + 1 FROM taken "
        "WHERE EXISTS (SELECT 1 FROM entry WHERE profile = ?1 AND entry.place = taken.place)) "
        "SELECT max(place) FROM taken",
        (view.profile_id, place),
    ).fetchone()
    return int(free)
