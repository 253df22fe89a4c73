"""Which messages speak to the user, as several features find out."""

import json
from collections.abc import Sequence

from backendd.store import changes
from backendd.store.ledger import Ledger

TABLE = "mention"


def save(ledger: Ledger, message_id: int, names: Sequence[str] = ()) -> None:
    """Note that what somebody else says speaks to the user, by `names` that stand in its text."""
    _save(ledger, message_id, json.dumps(names, ensure_ascii=False))


def fold(ledger: Ledger, message_id: int, into: int, is_newer: bool) -> None:
    """Have a message that was corrected speak to the user as its correction does.

    `is_newer`: so is the correction, and not what is known of the message.
    """
    rows = ledger.db.execute(
        "SELECT message, names FROM mention WHERE message IN (?, ?)", (message_id, into)
    )
    names: dict[int, str] = dict(rows.fetchall())
    if message_id in names and (is_newer or into not in names):
        _save(ledger, into, names[message_id])


def _save(ledger: Ledger, message_id: int, names: str) -> None:
    row = ledger.db.execute(
        "INSERT INTO mention (profile, conversation, message, names, is_unread) "
        "SELECT profile, conversation, id, ?, state = 'unread' FROM message "
        "WHERE id = ? AND direction = 'in' ON CONFLICT (message) DO UPDATE SET "
        "names = iif(excluded.names = '[]', names, excluded.names) RETURNING message",
        (names, message_id),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)
