"""Finding entries by their words, and indexing those that wait for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from backendd.api import records
from backendd.core import words
from backendd.core.snippets import snippet
from backendd.core.words import Term
from backendd.store import entry_records, index
from backendd.store.entries import Place
from backendd.store.entry_rows import Says
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
    found: list[Place] = []
    for column, of in within:
        asked = index.expression(f"{column[0]}{of}", terms, tagged)
        found += _places(view, column, of, asked, before, limit)
    newest = sorted(found, reverse=True)[:limit]
    return entry_records.load(
        view, [each.id for each in newest], records.EntryHit, lambda says: _snippet(says, terms)
    )


def _places(
    view: View, column: str, of: int, asked: str, before: int, limit: int
) -> Iterator[Place]:
    """Return where the newest entries stand, of a profile or of a feed, that the index finds."""
    bound, arguments = ("AND place < ?", (before,)) if before else ("", ())
    # In the order of an index (+id), until there are enough: a common word is in most of them.
    rows = view.db.execute(
        f"SELECT place, id FROM entry WHERE {column} = ? {bound} "
        "AND +id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?) "
        "ORDER BY place DESC, id DESC LIMIT ?",
        (of, *arguments, asked, limit),
    )
    return map(Place._make, rows)


def _snippet(says: Says, terms: Sequence[Term]) -> dict[str, Any]:
    """Return where `terms` are found in what an entry says: best in one part of it."""
    shown, ranges = snippet(says.body or says.title, terms)
    if not ranges and words.find(says.title, terms):
        shown, ranges = snippet(says.title, terms)
    return {"snippet": shown, "ranges": ranges}


def extend(ledger: Ledger, count: int) -> bool:
    """Index so many of the entries that aren't; return whether any were left."""
    rows = ledger.db.execute(
        "UPDATE entry SET indexed = 1 WHERE id IN "
        "(SELECT id FROM entry WHERE indexed = 0 ORDER BY id LIMIT ?) RETURNING id",
        (count,),
    ).fetchall()
    return bool(rows)
