"""The tokens with which entries were written: none is written twice with the same."""

from backendd.store.ledger import Ledger

LIFETIME_US = 7 * 24 * 3600 * 1_000_000


def by_token(ledger: Ledger, token: str, now: int) -> str:
    """Return the item that was written with a token, empty where none was; old ones are dropped."""
    ledger.db.execute(
        "DELETE FROM entry_token WHERE profile = ? AND time < ?",
        (ledger.profile_id, now - LIFETIME_US),
    )
    row = ledger.db.execute(
        "SELECT item FROM entry_token WHERE profile = ? AND token = ?", (ledger.profile_id, token)
    ).fetchone()
    return row[0] if row else ""


def remember(ledger: Ledger, token: str, item: str, now: int) -> None:
    """Note which item was written with a token."""
    ledger.db.execute(
        "INSERT INTO entry_token (profile, token, item, time) VALUES (?, ?, ?, ?)",
        (ledger.profile_id, token, item, now),
    )
