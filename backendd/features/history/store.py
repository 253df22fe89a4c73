"""Finding and removing old messages."""

from backendd.store.ledger import Ledger
from backendd.store.view import View

SEARCHED = 5000
"""How many messages are looked at in one go."""

REMOVED = 500
"""How many are removed in one transaction."""


def find_old(view: View, before: int, start: int) -> tuple[list[int], int | None]:
    """Return messages above the id `start` from `before`, and the id to go on from; None: the end.

    What waits in the outbox, or has failed and waits for the user, stays.
    """
    (newest,) = view.db.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()
    end = start + SEARCHED
    # By the ids alone (+): an index of the profile's would go through all of its messages.
    rows = view.db.execute(
        "SELECT id FROM message WHERE id > ? AND id <= ? AND +profile = ? AND time < ? "
        "AND state NOT IN ('pending', 'failed') ORDER BY id LIMIT ?",
        (start, end, view.profile_id, before, REMOVED),
    ).fetchall()
    found = [row[0] for row in rows]
    if len(found) == REMOVED:
        return found, found[-1]
    return found, end if end < newest else None


def remove_references(ledger: Ledger, before: int) -> None:
    """Remove what was kept since `before` for messages that never came."""
    ledger.db.execute(
        "DELETE FROM reference WHERE profile = ? AND time < ?", (ledger.profile_id, before)
    )
