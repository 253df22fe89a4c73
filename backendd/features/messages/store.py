"""Tokens: who lost the answer to Send may ask again and gets the same message."""

from backendd.store.ledger import Ledger

LIFETIME_US = 7 * 24 * 3600 * 1_000_000


def load(ledger: Ledger, token: str, now: int) -> int | None:
    """Return the id of the message that was sent with `token`; old tokens are dropped."""
    ledger.db.execute(
        "DELETE FROM token WHERE profile = ? AND time < ?", (ledger.profile_id, now - LIFETIME_US)
    )
    row = ledger.db.execute(
        "SELECT message FROM token WHERE profile = ? AND token = ?", (ledger.profile_id, token)
    ).fetchone()
    return int(row[0]) if row else None


def save(ledger: Ledger, token: str, message_id: int, now: int) -> None:
    """Remember which message was sent with `token`."""
    ledger.db.execute(
        "INSERT INTO token (profile, token, message, time) VALUES (?, ?, ?, ?)",
        (ledger.profile_id, token, message_id, now),
    )
