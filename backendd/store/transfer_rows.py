"""How a transfer is told of by its row: what is read of that, and the record that it is."""

import json
from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.words import Direction, TransferMethod, TransferState
from backendd.store.view import View

SELECT = """SELECT id, peer, direction, name, size, done, state, method, path, url, hash, mime,
    encrypted, remarks, error_name, error_text, coalesce(message, 0), coalesce(
      (SELECT json_array(service, node, item, title) FROM entry e JOIN feed ON feed.id = e.feed
       WHERE e.id = transfer.entry), '[]'), revision
    FROM transfer WHERE profile = ?"""
"""Whatever follows goes on with AND: it begins with those of one profile."""


TAKEN = "transfer.direction = 'in' AND transfer.path = ''"
"""Of a row: whether it is, or was, on its way into what a caller has open."""

PLACED = "other.path <> '' AND other.state NOT IN ('failed', 'cancelled')"
"""Of an `other` row: whether its file has a place here, or is on its way there."""


def record(
    id: int,
    peer: str,
    direction: Direction,
    name: str,
    size: int,
    done: int,
    state: TransferState,
    method: TransferMethod,
    path: str,
    url: str,
    hash: str,
    mime: str,
    encrypted: int,
    remarks: str,
    error_name: str,
    error_text: str,
    message: int,
    entry: str,
    revision: int,
) -> records.Transfer:
    """Return the record of a row that SELECT finds."""
    service, node, item, title = _list(entry) or ("", "", "", "")
    return records.Transfer(
        id=id, peer=peer, direction=direction, name=name, size=size, done=done, state=state,
        method=method, path=path, url=url, hash=hash, mime=mime, encrypted=bool(encrypted),
        remarks=_list(remarks), error=(error_name, error_text), message_id=message,
        entry_service=service, entry_node=node, entry_id=item, entry_title=title, revision=revision,
    )  # fmt: skip


def _list(written: str) -> list[str]:
    try:
        found = json.loads(written)
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []


class OfEntry(NamedTuple):
    """A transfer of one of the files of an entry; `attachment` is which, `url` where that is."""

    id: int
    direction: Direction
    state: TransferState
    attachment: int
    url: str

    @property
    def waits(self) -> bool:
        """Whether it is what gives its file an address, or would have."""
        return self.direction == "out" and self.state != "done"


def of_entries(view: View, ids: Sequence[int]) -> dict[int, list[OfEntry]]:
    """Return the transfers of the files of those of these entries that have some, oldest first.

    Without those into what a caller has open where the file has a place here.
    """
    rows = view.db.execute(
        f"""SELECT entry, id, direction, state, attachment, url FROM transfer
            WHERE entry IN (SELECT value FROM json_each(?))
              AND NOT ({TAKEN} AND (
                EXISTS (SELECT 1 FROM transfer other WHERE other.entry = transfer.entry
                        AND other.url = transfer.url AND {PLACED})
                OR EXISTS (SELECT 1 FROM kept_file_of_entry kept WHERE kept.entry = transfer.entry
                           AND kept.url = transfer.url AND kept.path <> '')))
            ORDER BY id""",
        (json.dumps([*ids]),),
    )
    found: dict[int, list[OfEntry]] = {}
    for entry, *values in rows:
        found.setdefault(entry, []).append(OfEntry._make(values))
    return found
