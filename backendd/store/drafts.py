"""The table of drafts: entries that are being written."""

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api import records
from backendd.api.errors import TooLarge
from backendd.api.signature import Plain
from backendd.core.entries import DraftsChanged
from backendd.store import sent_drafts
from backendd.store.ledger import Ledger
from backendd.store.view import View

LONGEST = 16 * 1024 * 1024
"""Characters of all drafts of a profile together: they are told in one message.

So are those of comments.
"""

_COLUMNS = "name, service, node, entry, updated, revision"


def listed(view: View) -> list[records.Draft]:
    """Return all drafts, those first that were saved last."""
    rows = view.db.execute(
        f"SELECT {_COLUMNS} FROM entry_draft WHERE profile = ? ORDER BY updated DESC, id DESC",
        (view.profile_id,),
    )
    return [_record(*row) for row in rows]


def save(
    ledger: Ledger,
    name: str,
    service: str,
    node: str,
    entry: Mapping[str, Plain],
    *,
    now: int,
    revision: int = 0,
) -> str:
    """Store a draft; return what it is called.

    It takes the place of the one with that name, unless that is of a later `revision`: then it has
    a name of its own.
    """
    written = json.dumps(entry, ensure_ascii=False)
    known = _revision(ledger, name)
    if not name or (revision and known > revision):
        name = secrets.token_hex(8)
    require_room(_of_others(ledger, name) + len(written))
    sent_drafts.begin_anew(ledger, name)
    ledger.db.execute(
        f"INSERT INTO entry_draft (profile, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET service = excluded.service, node = excluded.node, "
        "entry = excluded.entry, updated = excluded.updated, revision = excluded.revision",
        (ledger.profile_id, name, service, node, written, now, ledger.revise()),
    )
    ledger.note(_tell, name)
    return name


def delete(ledger: Ledger, name: str) -> bool:
    """Forget a draft; False where there is none."""
    cursor = ledger.db.execute(
        "DELETE FROM entry_draft WHERE profile = ? AND name = ?", (ledger.profile_id, name)
    )
    if cursor.rowcount:
        ledger.revise()
        ledger.note(_tell, name)
    return bool(cursor.rowcount)


def require_room(length: int) -> None:
    """Raise TooLarge where drafts that are told together are too long in all."""
    if length > LONGEST:
        raise TooLarge("there are too many drafts to keep another one: publish or delete some")


def _revision(view: View, name: str) -> int:
    row = view.db.execute(
        "SELECT revision FROM entry_draft WHERE profile = ? AND name = ?", (view.profile_id, name)
    ).fetchone()
    return row[0] if row else 0


def _of_others(view: View, name: str) -> int:
    (length,) = view.db.execute(
        "SELECT coalesce(sum(length(entry)), 0) FROM entry_draft WHERE profile = ? AND name <> ?",
        (view.profile_id, name),
    ).fetchone()
    return int(length)


def _tell(ledger: Ledger, names: list[str]) -> Iterable[object]:
    rows = ledger.db.execute(
        f"SELECT {_COLUMNS} FROM entry_draft WHERE profile = ? "
        "AND name IN (SELECT value FROM json_each(?))",
        (ledger.profile_id, json.dumps(names)),
    )
    found = [_record(*row) for row in rows]
    return [DraftsChanged(found, [each for each in names if each not in {d.id for d in found}])]


def _record(
    name: str, service: str, node: str, entry: str, updated: int, revision: int
) -> records.Draft:
    given: dict[str, Any] = json.loads(entry)
    return records.Draft(
        id=name, service=service, node=node, entry=given, updated=updated, revision=revision
    )
