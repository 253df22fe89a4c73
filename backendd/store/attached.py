"""Which transfers are of which files of messages."""

from collections.abc import Sequence

from backendd.store import kept_files, transfers
from backendd.store.ledger import Ledger
from backendd.store.transfer_rows import PLACED, TAKEN
from backendd.store.view import View


def newest(view: View, ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return the newest transfer of each file of these messages, by the two of them.

    One into what a caller has open hides none that has a place here.
    """
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"""SELECT message, attachment, max(id) FROM transfer WHERE message IN ({marks})
              AND NOT ({TAKEN} AND (
                EXISTS (SELECT 1 FROM transfer other WHERE other.message = transfer.message
                        AND other.attachment = transfer.attachment AND {PLACED})
                OR EXISTS (SELECT 1 FROM kept_file kept WHERE kept.message = transfer.message
                           AND kept.attachment = transfer.attachment AND kept.path <> '')))
            GROUP BY message, attachment""",
        ids,
    )
    return {(message, index): row_id for message, index, row_id in rows}


def part(ledger: Ledger, message_id: int, index: int, to: int) -> None:
    """Have what moves one of the files of a message be of the only one of another message."""
    rows = ledger.db.execute(
        "UPDATE transfer SET message = ?, attachment = 0, revision = ? "
        "WHERE message = ? AND attachment = ? RETURNING id",
        (to, ledger.revise(), message_id, index),
    ).fetchall()
    for (row_id,) in rows:
        ledger.note(transfers.tell_changed, row_id)
    kept_files.part(ledger, message_id, index, to)
    ledger.db.execute(
        "UPDATE transfer SET attachment = attachment - 1 WHERE message = ? AND attachment > ?",
        (message_id, index),
    )
