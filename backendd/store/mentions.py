"""Which messages speak to the user, as several features find out."""

import json
from collections.abc import Sequence

from backendd.store import changes
from backendd.store.ledger import Ledger

TABLE = "mention"


def save(ledger: Ledger, message_id: int, names: Sequence[str] = ()) -> None:
    """Note that what somebody else says speaks to the user, by `names` that stand in its text."""
    row = ledger.db.execute(
        "INSERT INTO mention (profile, conversation, message, names, is_unread) "
        "SELECT profile, conversation, id, ?, state = 'unread' FROM message "
        "WHERE id = ? AND direction = 'in' ON CONFLICT (message) DO UPDATE SET "
        "names = iif(excluded.names = '[]', names, excluded.names) RETURNING message",
        (json.dumps(names, ensure_ascii=False), message_id),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)
