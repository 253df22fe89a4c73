"""Entries as they are told of, by their rows."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from backendd.api import records
from backendd.api.words import EntryState
from backendd.core import uris
from backendd.core.uris import ItemAddress
from backendd.store import kept_files, transfer_rows
from backendd.store.entry_rows import COLUMNS, Says
from backendd.store.kept_files import Kept
from backendd.store.transfer_rows import OfEntry
from backendd.store.view import View

LONGEST = 32 * 1024
"""Characters of a body that lists and signals tell."""

LONGEST_MARKUP = 128 * 1024

_WITHOUT_MARKUP = COLUMNS.replace("xhtml", "substr(xhtml, 1, 1)")

OF_IDS = "(SELECT value FROM json_each(?1)) CROSS JOIN entry e ON e.id = value"
"""Entries by a list of their ids in JSON, for queries that join more to them.

In this order (CROSS), whatever SQLite has learned of the tables when they were small: it may think
little of looking through all feeds there are.
"""

LONGEST_NAME = 100


def load(
    view: View,
    ids: Sequence[int],
    kind: type[records.Entry] = records.Entry,
    more: Callable[[Says], Mapping[str, Any]] = lambda says: {},
    *,
    is_whole: bool = False,
    has_markup: bool = True,
) -> list[Any]:
    """Return the entries of these ids in this order, as records of a kind with `more` fields.

    Without markup they say only whether there is some.
    """
    columns = COLUMNS if has_markup else _WITHOUT_MARKUP
    added = view.contributors.load(view, records.Entry, ids)
    moved, kept = transfer_rows.of_entries(view, ids), kept_files.of_entries(view, ids)
    rows = view.db.execute(
        "SELECT e.id, f.service, f.node, item, state, e.error_name, e.error_text, unread, "
        f"e.revision, place, {columns} FROM {OF_IDS} CROSS JOIN feed f ON f.id = e.feed",
        (json.dumps(list(ids)),),
    )
    found = {}
    for entry_id, *row in rows:
        says = Says(*row[9:])
        fields = _fields(*row[:9], says=says, is_whole=is_whole, has_markup=has_markup)
        if entry_id in moved:
            fields["attachments"] = _with_transfers(fields["attachments"], moved[entry_id])
        if entry_id in kept:
            fields["attachments"] = [_here(each, kept[entry_id]) for each in fields["attachments"]]
        found[entry_id] = kind(**fields, more=added.get(entry_id, {}), **more(says))
    return [found[each] for each in ids if each in found]


def saying(view: View, entry_id: int, says: Says) -> records.Entry:
    """Return an entry as it is where it says this, and is published so."""
    service, node, item, revision, place = view.db.execute(
        "SELECT service, node, item, e.revision, place "
        "FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = ?",
        (entry_id,),
    ).fetchone()
    fields = _fields(
        *(service, node, item, "published", "", "", 0, revision, place),
        says=says,
        is_whole=True,
        has_markup=True,
    )
    return records.Entry(**fields)


def called(title: str, body: str) -> str:
    """Return what to call an entry, on one line: its title, else how it begins."""
    return (title or body.strip().partition("\n")[0])[:LONGEST_NAME]


def _fields(
    service: str,
    node: str,
    item: str,
    state: EntryState,
    error_name: str,
    error_text: str,
    unread: int,
    revision: int,
    place: int,
    *,
    says: Says,
    is_whole: bool,
    has_markup: bool,
) -> dict[str, Any]:
    is_cut = not is_whole and (len(says.body) > LONGEST or len(says.xhtml) > LONGEST_MARKUP)
    return {
        "service": service, "node": node, "id": item, "state": state,
        "uri": uris.encode(ItemAddress(service, node, item)),
        "error": (error_name, error_text), "title": says.title,
        "body": says.body[:LONGEST] if is_cut else says.body,
        "xhtml": says.xhtml if has_markup and not is_cut else "", "truncated": is_cut,
        "has_markup": not has_markup and bool(says.xhtml), "author": says.author,
        "author_name": says.author_name, "author_verified": bool(says.verified),
        "publisher": says.publisher, "published": says.published, "order": place,
        "updated": says.updated,
        "tags": _list(says.tags), "links": _links(says.links),
        "in_reply_to": next(iter(_list(says.answers)), ""),
        "comments_service": says.comments_service, "comments_node": says.comments_node,
        "attachments": _enclosures(says.enclosures), "unread": bool(unread), "revision": revision,
    }  # fmt: skip


def _links(written: str) -> list[records.EntryLink]:
    return [
        records.EntryLink(rel=rel, href=href, mime=mime, title=title)
        for rel, href, mime, title, _ in _list(written)
    ]


def _enclosures(written: str) -> list[records.Enclosure]:
    return [
        records.Enclosure(url=href, mime=mime, title=title, size=size)
        for _, href, mime, title, size in _list(written)
    ]


def _with_transfers(
    files: Sequence[records.Enclosure], transfers: Sequence[OfEntry]
) -> list[records.Enclosure]:
    """Return the files with the newest transfer of each: what has no address goes by its place."""
    by_url = {each.url: each.id for each in transfers if each.url}
    by_place = {each.attachment: each.id for each in transfers if each.waits}
    return [
        replace(file, transfer=by_url.get(file.url, 0) if file.url else by_place.get(number, 0))
        for number, file in enumerate(files)
    ]


def _here(file: records.Enclosure, kept: Mapping[str, Kept]) -> records.Enclosure:
    found = kept.get(file.url)
    if found is None:
        return file
    return replace(file, here=True, path=found.path, size=found.size or file.size)


def _list(written: str) -> list[Any]:
    if written == "[]":  # as most are, and a page has hundreds of them
        return []
    found = json.loads(written)
    return found if isinstance(found, list) else []
