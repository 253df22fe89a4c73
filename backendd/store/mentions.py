"""Which messages speak to the user, as several features find out."""

import json
from collections.abc import Sequence

from backendd.store import changes
from backendd.store.ledger import Ledger

TABLE = "mention"

_NONE = "[]"


def save(ledger: Ledger, message_id: int, names: Sequence[str] = ()) -> None:
    """Note that what somebody else says speaks to the user, by `names` that stand in its text."""
    _save(ledger, message_id, json.dumps(names, ensure_ascii=False))


def fold(ledger: Ledger, message_id: int, into: int, is_newer: bool) -> None:
    """Have a message that was corrected speak to the user by the words of the text that it has.

    It does so though none of them is left, if it or its correction ever has: who was called shall
    find it. `is_newer`: so is the correction, and not what is known of the message.
    """
    rows = ledger.db.execute(
        "SELECT message, names FROM mention WHERE message IN (?, ?)", (message_id, into)
    )
    names: dict[int, str] = dict(rows.fetchall())
    if names:
        said = names.get(message_id if is_newer else into, _NONE)
        ledger.db.execute("DELETE FROM mention WHERE message = ?", (into,))
        _save(ledger, into, said)


def _save(ledger: Ledger, message_id: int, names: str) -> None:
    row = ledger.db.execute(
        "INSERT INTO mention (profile, conversation, message, names, is_unread) "
        "SELECT profile, conversation, id, ?, state = 'unread' FROM message "
        "WHERE id = ? AND direction = 'in' ON CONFLICT (message) DO UPDATE SET "
        "names = iif(excluded.names = ?, names, excluded.names) RETURNING message",
        (names, message_id, _NONE),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)
