"""Which transfers are of which files of messages."""

from collections.abc import Sequence

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
