"""Messages that are not out: they wait to be sent, or have failed."""

from backendd.api import records
from backendd.store import pages
from backendd.store.view import View


def load(view: View, limit: int) -> list[records.Message]:
    """Return the newest `limit` of a profile, oldest first."""
    rows = view.db.execute(
        "SELECT id FROM message WHERE profile = ? AND state IN ('pending', 'failed') "
        "ORDER BY id DESC LIMIT ?",
        (view.profile_id, limit),
    ).fetchall()
    return sorted(pages.load(view, [row[0] for row in rows]), key=lambda each: each.id)
