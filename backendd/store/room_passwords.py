"""What it takes to get into rooms, sealed: read where it is used, and held nowhere else."""

from backendd.store import bookmarks
from backendd.store.ledger import Ledger
from backendd.store.view import View


def find(view: View, room: str) -> str:
    """Return the password that was given for a room last, else the one of its bookmark.

    Empty where none is known.
    """
    row = view.db.execute(
        "SELECT sealed FROM room WHERE profile = ? AND room = ?", (view.profile_id, room)
    ).fetchone()
    if row and (known := view.secrets.open(row[0], _purpose(room))):
        return known
    kept = bookmarks.find(view, room)
    return kept.password if kept is not None else ""


def keep(ledger: Ledger, room: str, password: str) -> None:
    """Store what it takes to get into a known room from now on; empty: nothing known does."""
    ledger.db.execute(
        "UPDATE room SET sealed = ? WHERE profile = ? AND room = ?",
        (ledger.secrets.seal(password, _purpose(room)), ledger.profile_id, room),
    )


def _purpose(room: str) -> str:
    return f"room-password:{room}"
