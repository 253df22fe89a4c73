"""Asking the index of words, and putting into it what was stored before there was one."""

from collections.abc import Sequence

from backendd.api import records
from backendd.core import words
from backendd.core.words import Term
from backendd.store import index, pages
from backendd.store.ledger import Ledger
from backendd.store.view import View

INDEXED = 4
"""The longest beginning of a word that has an index of its own (the migration says so)."""

NEAREST = 300
"""How many messages are looked at for a longer one before all are gathered."""

LOOKED_AT = 64 * 1024
"""How many characters these may have in all: to cut them into words is dear as well."""

# As the triggers of the index have it.
_WORDS = "body || char(10) || attached"

AT_ONCE = 128 * 1024
"""How many bytes of text are indexed before others get their turn; the last may exceed it."""


def extend(ledger: Ledger, count: int) -> bool:
    """Index the messages with the next `count` ids below those that are; return if any are left."""
    row = ledger.db.execute(
        "SELECT low FROM indexed WHERE profile = ?", (ledger.profile_id,)
    ).fetchone()
    if row is None:
        return False
    # By the ids alone (+), of all profiles: an index of the profile's would have all of its
    # messages sorted first.
    down_to = max(row[0] - count, 0)
    found = ledger.db.execute(
        f"SELECT id, conversation, CAST({_WORDS} AS BLOB) FROM message "
        "WHERE +profile = ? AND id > ? AND id <= ? ORDER BY id DESC",
        (ledger.profile_id, down_to, row[0]),
    )
    rows: list[tuple[int, int, bytes]] = []
    size = 0
    for each in found:
        rows.append(each)
        size += len(each[2])
        if size >= AT_ONCE:
            down_to = each[0] - 1
            break
    # Upwards: FTS5 writes to the disk whenever a row id is below the one before.
    ledger.db.executemany(
        "INSERT INTO message_words (rowid, scope, words) VALUES (?, ?, ?)",
        [
            (message, f"p{ledger.profile_id} c{conversation}", index.indexed(body))
            for message, conversation, body in reversed(rows)
        ],
    )
    if down_to > 0:
        ledger.db.execute(
            "UPDATE indexed SET low = ? WHERE profile = ?", (down_to, ledger.profile_id)
        )
        return True
    ledger.db.execute("DELETE FROM indexed WHERE profile = ?", (ledger.profile_id,))
    return False


def find(
    view: View,
    terms: Sequence[Term],
    *,
    peer: str = "",
    before: int = 0,
    limit: int,
) -> list[records.Message]:
    """Return messages that have all `terms`, the highest id first."""
    scope = _scope(view, peer)
    if not scope:
        return []
    wide = tuple(map(_shortened, terms))
    if wide != tuple(terms):
        nearest = _bodies(view, _ids(view, scope, wide, before, NEAREST))
        if sum(map(len, nearest.values())) <= LOOKED_AT:
            found = [each for each, body in nearest.items() if words.has_all(body, terms)]
            if len(found) >= limit or len(nearest) < NEAREST:
                return _load(view, found[:limit])
    return _load(view, _ids(view, scope, terms, before, limit))


def _scope(view: View, peer: str) -> str:
    """Return the word for the profile or one conversation; nothing without that."""
    if not peer:
        return f"p{view.profile_id}"
    row = view.db.execute(
        "SELECT id FROM conversation WHERE profile = ? AND peer = ?", (view.profile_id, peer)
    ).fetchone()
    return f"c{row[0]}" if row else ""


def _shortened(term: Term) -> Term:
    """Return a term that finds at least as much, by a beginning that has an index of its own.

    FTS5 gathers all messages with a longer one before it gives the first: for a common word that
    takes as long as a million of them does. Most often the newest few are enough.
    """
    *before, last = term.words
    return Term((*before, last[:INDEXED]), is_prefix=True) if term.is_prefix else term


def _ids(view: View, scope: str, terms: Sequence[Term], before: int, limit: int) -> list[int]:
    """Return the ids of what the index has with all `terms`, the highest first."""
    bound, arguments = ("AND rowid < ?", (before,)) if before else ("", ())
    rows = view.db.execute(
        f"SELECT rowid FROM message_words WHERE message_words MATCH ? {bound} "
        "ORDER BY rowid DESC LIMIT ?",
        (index.expression(scope, terms), *arguments, limit),
    )
    return [row[0] for row in rows]


def _bodies(view: View, ids: Sequence[int]) -> dict[int, str]:
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        f"SELECT id, {_WORDS} FROM message WHERE id IN ({marks}) ORDER BY id DESC", ids
    )
    return dict(rows.fetchall())


def _load(view: View, ids: Sequence[int]) -> list[records.Message]:
    return sorted(pages.load(view, ids), key=lambda message: -message.id)
