"""Where files of messages and entries are, after the transfers that brought them are forgotten."""

import json
from collections.abc import Sequence

from backendd.api.tuples import NamedTuple
from backendd.store.ledger import Ledger
from backendd.store.view import View

_OR_MEND = """ON CONFLICT DO UPDATE SET path = excluded.path, size = excluded.size
    WHERE excluded.path <> ''"""


class Kept(NamedTuple):
    """Where a file is, and how many bytes it has, 0 where that isn't known.

    Without a path a caller has it.
    """

    path: str
    size: int


def keep(ledger: Ledger, message_id: int, attachment: int, file: Kept) -> None:
    """Note where a file of a message is; what a caller has hides none that is here."""
    ledger.db.execute(
        "INSERT INTO kept_file (message, attachment, path, size) "
        f"SELECT id, ?, ?, ? FROM message WHERE id = ? {_OR_MEND}",
        (attachment, *file, message_id),
    )


def part(ledger: Ledger, message_id: int, attachment: int, to: int) -> None:
    """Have one of the files of a message be the only one of another message."""
    place = message_id, attachment
    ledger.db.execute(
        "UPDATE kept_file SET message = ?, attachment = 0 WHERE message = ? AND attachment = ?",
        (to, *place),
    )
    ledger.db.execute(
        "UPDATE kept_file SET attachment = attachment - 1 WHERE message = ? AND attachment > ?",
        place,
    )


def keep_of_entry(ledger: Ledger, entry_id: int, url: str, file: Kept) -> None:
    """Note where the file of an entry is that has this address, as `keep` does."""
    ledger.db.execute(
        "INSERT INTO kept_file_of_entry (entry, url, path, size) VALUES (?, ?, ?, ?) " + _OR_MEND,
        (entry_id, url, *file),
    )


def of_all(view: View, ids: Sequence[int]) -> dict[tuple[int, int], Kept]:
    """Return where files of these messages are, by message and place in it."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"SELECT message, attachment, path, size FROM kept_file WHERE message IN ({marks})", ids
    )
    return {(message, index): Kept(*file) for message, index, *file in rows}


def of_entries(view: View, ids: Sequence[int]) -> dict[int, dict[str, Kept]]:
    """Return where files of those of these entries are that have some, by their addresses."""
    rows = view.db.execute(
        "SELECT entry, url, path, size FROM kept_file_of_entry "
        "WHERE entry IN (SELECT value FROM json_each(?))",
        (json.dumps([*ids]),),
    )
    found: dict[int, dict[str, Kept]] = {}
    for entry, url, *file in rows:
        found.setdefault(entry, {})[url] = Kept(*file)
    return found
