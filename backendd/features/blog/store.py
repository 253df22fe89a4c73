"""Finding entries by their words, and indexing those that wait for it."""

from collections.abc import Sequence
from typing import Any

from backendd.api import records
from backendd.core import words
from backendd.core.snippets import snippet
from backendd.core.words import Term
from backendd.store import entry_records, index
from backendd.store.ledger import Ledger
from backendd.store.view import View


def find(
    view: View,
    terms: Sequence[Term],
    tagged: Sequence[str],
    feeds: Sequence[int] | None,
    *,
    before: int,
    limit: int,
) -> list[records.EntryHit]:
    """Return entries that have all `terms` and tags, newest first, of these feeds or of all.

    `before`: only those that stand below this place, where that isn't 0.
    """
    within = [("profile", view.profile_id)] if feeds is None else [("feed", each) for each in feeds]
    ids = []
    for column, of in within:
        asked = index.expression(f"{column[0]}{of}", terms, tagged)
        ids += _ids(view, column, of, asked, before, limit)
    rows = view.db.execute(
        f"SELECT id, title, body, tags FROM entry WHERE id IN ({','.join('?' * len(ids))}) "
        "ORDER BY place DESC, id DESC LIMIT ?",
        (*ids, limit),
    )
    found = {entry_id: _snippet(said, terms) for entry_id, *said in rows}
    return entry_records.load(view, [*found], records.EntryHit, found)


def _ids(view: View, column: str, of: int, asked: str, before: int, limit: int) -> list[int]:
    """Return the newest entries of a profile or of a feed that the index has of what is asked."""
    bound, arguments = ("AND place < ?", (before,)) if before else ("", ())
    # In the order of an index (+id), until there are enough: a common word is in most of them.
    rows = view.db.execute(
        f"SELECT id FROM entry WHERE {column} = ? {bound} "
        "AND +id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?) "
        "ORDER BY place DESC, id DESC LIMIT ?",
        (of, *arguments, asked, limit),
    )
    return [entry_id for (entry_id,) in rows]


def _snippet(said: Sequence[str], terms: Sequence[Term]) -> dict[str, Any]:
    """Return where `terms` are found in what an entry says: best in one part of it."""
    title, body, _ = said
    shown, ranges = snippet(body or title, terms)
    if not ranges and words.find(title, tuple(terms)):
        shown, ranges = snippet(title, terms)
    return {"snippet": shown, "ranges": ranges}


def extend(ledger: Ledger, count: int) -> bool:
    """Index so many of the entries that aren't; return whether any were left."""
    rows = ledger.db.execute(
        "UPDATE entry SET indexed = 1 WHERE id IN "
        "(SELECT id FROM entry WHERE indexed = 0 ORDER BY id LIMIT ?) RETURNING id",
        (count,),
    ).fetchall()
    return bool(rows)
