"""What of the outbox is in flight: its final bytes are stored before they are written."""

from collections.abc import Iterable, Mapping

from backendd.store import secret_stanzas
from backendd.store.ledger import Ledger
from backendd.store.outbox import Out
from backendd.store.view import View


def are_unchanged(view: View, rows: Iterable[Out]) -> bool:
    """Return whether each of these still waits as it was read."""
    read = {row.id: row.stanza for row in rows}
    marks = ",".join("?" * len(read))
    query = f"SELECT id, stanza, stanza_id FROM outbox WHERE state = 'fresh' AND id IN ({marks})"
    return read == {
        row_id: secret_stanzas.opened(view, held, stanza_id)
        for row_id, held, stanza_id in view.db.execute(query, list(read))
    }


def begin(ledger: Ledger, written: Mapping[int, str], sm_id: str, first: int, own: str) -> bool:
    """Note that these go out on the stream `sm_id` as stanzas `first` and following.

    `written` is what they are from now on, by the ids of their rows; `own` is the account. Returns
    False, with nothing done, where one of them is no longer to be sent.
    """
    marks = ",".join("?" * len(written))
    query = (
        "SELECT id, stanza_id, typeof(stanza) = 'blob' FROM outbox "
        f"WHERE state = 'fresh' AND id IN ({marks})"
    )
    found = ledger.db.execute(query, list(written)).fetchall()
    if len(found) < len(written):
        return False
    held = {
        row_id: secret_stanzas.stored(ledger, written[row_id], stanza_id, is_secret=is_secret)
        for row_id, stanza_id, is_secret in found
    }
    ledger.db.executemany(
        """UPDATE outbox SET state = 'flight', sm_id = ?, number = ?, stanza = ?, composed = 1,
             tries = tries + 1, cursor = CASE WHEN tries > 0 THEN cursor ELSE
               coalesce((SELECT a.cursor FROM archive a WHERE a.profile = outbox.profile
                 AND a.jid = iif(resolver = '', ?, resolver)), '') END
           WHERE id = ?""",
        [(sm_id, first + index, held[row_id], own, row_id) for index, row_id in enumerate(written)],
    )
    return True
