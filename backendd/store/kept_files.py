"""Where the files of messages are, after the transfers that brought them are forgotten."""

from collections.abc import Sequence

from backendd.store.ledger import Ledger
from backendd.store.view import View


def keep(ledger: Ledger, message_id: int, attachment: int, path: str) -> None:
    """Note where a file of a message is; without a path a caller has it."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO kept_file (message, attachment, path) "
        "SELECT id, ?, ? FROM message WHERE id = ?",
        (attachment, path, message_id),
    )


def of_all(view: View, ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return where files of these messages are, by message and place in it."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"SELECT message, attachment, path FROM kept_file WHERE message IN ({marks})", ids
    )
    return {(message, index): path for message, index, path in rows}
