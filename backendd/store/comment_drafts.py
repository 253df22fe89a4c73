"""The table of drafts of comments: what is being written to be said to entries, one to each."""

import secrets
from collections.abc import Iterable

from backendd.api import records
from backendd.core import uris
from backendd.core.entries import CommentDraftsChanged, Feed
from backendd.core.uris import ItemAddress
from backendd.store import drafts, entries, entry_records, entry_rows
from backendd.store.ledger import Ledger
from backendd.store.view import View

_COLUMNS = "service, node, item, parent, title, text, draft_id, updated, revision"
_AT = "profile = ? AND service = ? AND node = ? AND item = ?"


def listed(view: View) -> list[records.CommentDraft]:
    """Return all, those first that were saved last."""
    rows = view.db.execute(
        f"SELECT {_COLUMNS} FROM comment_draft WHERE profile = ? ORDER BY updated DESC, id DESC",
        (view.profile_id,),
    )
    return [_record(*row) for row in rows]


def save(
    ledger: Ledger, entry: ItemAddress, parent: str, text: str, draft_id: str, *, now: int
) -> None:
    """Store what is being written to be said to an entry; TooLarge. It may be gone.

    Without an id this gets one of its own.
    """
    (others,) = ledger.db.execute(
        "SELECT coalesce(sum(length(text)), 0) FROM comment_draft "
        f"WHERE profile = ? AND NOT ({_AT})",
        (ledger.profile_id, *_at(ledger, entry)),
    ).fetchone()
    drafts.require_room(others + len(text))
    ledger.db.execute(
        f"INSERT INTO comment_draft (profile, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) "
        "ON CONFLICT DO UPDATE SET parent = excluded.parent, text = excluded.text, "
        "title = coalesce(nullif(excluded.title, ''), title), draft_id = excluded.draft_id, "
        "updated = excluded.updated",
        (
            *_at(ledger, entry),
            parent,
            _title(ledger, entry),
            text,
            draft_id or secrets.token_hex(8),
            now,
        ),
    )
    ledger.note(_tell, entry)


def delete(ledger: Ledger, entry: ItemAddress, draft_id: str = "") -> None:
    """Forget what is being written to be said to an entry, if it is this or none is named."""
    cursor = ledger.db.execute(
        f"DELETE FROM comment_draft WHERE {_AT} AND ? IN ('', draft_id)",
        (*_at(ledger, entry), draft_id),
    )
    if cursor.rowcount:
        ledger.note(_tell, entry)


def _tell(ledger: Ledger, written: list[ItemAddress]) -> Iterable[object]:
    told = []
    for entry in written:
        revision = ledger.revise()
        row = ledger.db.execute(
            f"UPDATE comment_draft SET revision = ? WHERE {_AT} RETURNING {_COLUMNS}",
            (revision, *_at(ledger, entry)),
        ).fetchone()
        at = entry.service, entry.node, entry.item
        told.append(_record(*row) if row else _record(*at, revision=revision))
    return [CommentDraftsChanged(told)]


def _title(view: View, entry: ItemAddress) -> str:
    found = entries.find(view, Feed(entry.service, entry.node), entry.item)
    said = entry_rows.says(view, found) if found is not None else None
    return entry_records.called(said[1].title, said[1].body) if said is not None else ""


def _at(view: View, entry: ItemAddress) -> tuple[int, str, str, str]:
    return view.profile_id, entry.service, entry.node, entry.item


def _record(
    service: str,
    node: str,
    item: str,
    parent: str = "",
    title: str = "",
    text: str = "",
    draft_id: str = "",
    updated: int = 0,
    revision: int = 0,
) -> records.CommentDraft:
    return records.CommentDraft(
        service=service, node=node, id=item, uri=uris.encode(ItemAddress(service, node, item)),
        title=title, parent=parent, text=text, draft_id=draft_id, updated=updated,
        revision=revision,
    )  # fmt: skip
