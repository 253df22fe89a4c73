"""Finding entries by their words, and indexing those that wait for it."""

import json
from collections.abc import Sequence
from typing import Any

from backendd.api import records
from backendd.core import words
from backendd.core.snippets import snippet
from backendd.core.words import Term
from backendd.store import entry_records, index
from backendd.store.entries import Place
from backendd.store.entry_records import OF_IDS
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger
from backendd.store.view import View

FEW = 100
"""How many of what is found are put in order by what is stored of each, without an index."""

NEAR = 6
"""How many times as many as are wanted of what is newest are looked at before all is gathered."""

SPREAD = 10
"""How many times as much as those may have come meanwhile, which is looked at with them."""

_ASKED = "SELECT rowid FROM entry_words WHERE entry_words MATCH ?"


def find(
    view: View,
    terms: Sequence[Term],
    tagged: Sequence[str],
    feeds: Sequence[int] | None,
    *,
    before: int,
    limit: int,
) -> list[Place]:
    """Return where entries stand that have all `terms` and tags, newest first.

    They are of these feeds, or of all. `before`: only what stands below this place, where that
    isn't 0.
    """
    within = [("profile", view.profile_id)] if feeds is None else [("feed", each) for each in feeds]
    found: list[Place] = []
    for column, of in within:
        asked = index.expression(f"{column[0]}{of}", terms, tagged)
        found += _places(view, column, of, asked, before, limit)
    return sorted(found, reverse=True)[:limit]


def hits(
    view: View, places: Sequence[Place], terms: Sequence[Term], *, has_markup: bool
) -> list[records.EntryHit]:
    """Return the entries at these places, in their order, with where `terms` stand in them."""
    return entry_records.load(
        *(view, [each.id for each in places], records.EntryHit),
        lambda says: _snippet(says, terms),
        has_markup=has_markup,
    )


def _places(
    view: View, column: str, of: int, asked: str, before: int, limit: int
) -> Sequence[Place]:
    """Return where the newest entries stand, of a profile or of a feed, that the index finds."""
    few = _indexed(view, f"{_ASKED} LIMIT ?", asked, FEW + 1)
    if len(few) <= FEW:
        return _ordered(view, few, before, limit)
    bound, arguments = ("AND place < ?", (before,)) if before else ("", ())
    where, to = f"{column} = ? {bound}", (of, *arguments)
    near = _among_newest(view, asked, where, to, limit) if _is_common(few) else None
    if near is not None:
        return near
    # In the order of an index (+id), until there are enough.
    where += f" AND +id IN ({_ASKED})"
    return _in_order(view, where, (*to, asked), limit)


def _ordered(view: View, ids: Sequence[int], before: int, limit: int) -> Sequence[Place]:
    """Return where those of these entries stand that stand below a place, newest first."""
    rows = view.db.execute(f"SELECT e.place, e.id FROM {OF_IDS}", (json.dumps(ids),))
    below = (each for each in map(Place._make, rows) if not before or each.place < before)
    return sorted(below, reverse=True)[:limit]


def _is_common(ids: Sequence[int]) -> bool:
    """Return whether what was asked for is in so many that enough of the newest may have it."""
    return ids[-1] - ids[0] < NEAR * len(ids)


def _among_newest(
    view: View, asked: str, where: str, to: Sequence[int], limit: int
) -> Sequence[Place] | None:
    """Return what `_places` does where that is among the newest that there are; else None.

    The index gives what is in most of them for those alone, by their ids.
    """
    newest = _in_order(view, where, to, NEAR * limit)
    ids = sorted(each.id for each in newest)
    if not ids or ids[-1] - ids[0] >= SPREAD * len(ids):
        return None
    those = {*_indexed(view, f"{_ASKED} AND rowid BETWEEN ? AND ?", asked, ids[0], ids[-1])}
    found = [each for each in newest if each.id in those]
    is_enough = len(found) >= limit or len(newest) < NEAR * limit
    return found[:limit] if is_enough else None


def _in_order(view: View, where: str, to: Sequence[int | str], most: int) -> list[Place]:
    rows = view.db.execute(
        f"SELECT place, id FROM entry WHERE {where} ORDER BY place DESC, id DESC LIMIT ?",
        (*to, most),
    )
    return list(map(Place._make, rows))


def _indexed(view: View, asked: str, *arguments: int | str) -> list[int]:
    return [entry_id for (entry_id,) in view.db.execute(asked, arguments)]


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
