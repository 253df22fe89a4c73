"""Asking the index of words, and putting into it what was stored before there was one."""

from collections.abc import Iterator, Sequence

from backendd.api import records
from backendd.api.values import Value
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


class Narrowed(Value):
    """Where is searched: in all of a profile, or in less.

    `peer`: in this conversation. `sender`: in what they wrote, by bare JID, or `room/nick`; in a
    room a bare JID is whose account it was, as far as that was told. `since` and `until`: in what
    came then or later, and before then, in microseconds. `in_order`: the last in the conversation
    is the first, rather than the one that was stored last.
    """

    peer: str = ""
    sender: str = ""
    since: int = 0
    until: int = 0
    in_order: bool = False


EVERYWHERE = Narrowed()

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
    where: Narrowed = EVERYWHERE,
    before: int = 0,
    limit: int,
) -> list[records.Message]:
    """Return messages that have all `terms`, the highest id first, or as `where` has it.

    `before`: only those behind this one in that order.
    """
    scope = _scope(view, where.peer)
    if not scope:
        return []
    wide = tuple(map(_shortened, terms))
    if wide != tuple(terms):
        nearest = _bodies(view, _ids(view, scope, wide, where, before, NEAREST))
        if sum(map(len, nearest.values())) <= LOOKED_AT:
            found = [each for each, body in nearest.items() if words.has_all(body, terms)]
            if len(found) >= limit or len(nearest) < NEAREST:
                return _load(view, found[:limit])
    return _load(view, _ids(view, scope, terms, where, before, limit))


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


def _ids(
    view: View, scope: str, terms: Sequence[Term], where: Narrowed, before: int, limit: int
) -> list[int]:
    """Return the ids of what the index has with all `terms`, in the order that is asked for."""
    asked = ("message_words MATCH ?", index.expression(scope, terms))
    conditions = [asked, *_conditions(where, before)]
    # The index alone knows what is stored when; of what stands where it knows nothing.
    is_narrowed = where.sender or where.since or where.until or where.in_order
    message = "CROSS JOIN message m ON m.id = message_words.rowid" if is_narrowed else ""
    order = "m.place DESC, m.id DESC" if where.in_order else "message_words.rowid DESC"
    rows = view.db.execute(
        f"SELECT message_words.rowid FROM message_words {message} "
        f"WHERE {' AND '.join(sql for sql, _ in conditions)} ORDER BY {order} LIMIT ?",
        (*(value for _, value in conditions), limit),
    )
    return [row[0] for row in rows]


def _conditions(where: Narrowed, before: int) -> Iterator[tuple[str, object]]:
    """Yield what has to be so, and the value of the one mark in it."""
    if before and where.in_order:
        yield "(m.place, m.id) < (SELECT place, id FROM message WHERE id = ?)", before
    elif before:
        yield "message_words.rowid < ?", before
    if where.since:
        yield "m.time >= ?", where.since
    if where.until:
        yield "m.time < ?", where.until
    if "/" in where.sender:
        yield "m.sender = ?", where.sender
    elif where.sender:
        # The author of what is ours is our account, under whatever nick.
        yield "? IN (m.sender, m.real_jid, m.author)", where.sender


def _bodies(view: View, ids: Sequence[int]) -> dict[int, str]:
    """Return what those say, in the order in which they are named."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(f"SELECT id, {_WORDS} FROM message WHERE id IN ({marks})", ids)
    found = dict(rows.fetchall())
    return {each: found[each] for each in ids}


def _load(view: View, ids: Sequence[int]) -> list[records.Message]:
    places = {each: place for place, each in enumerate(ids)}
    return sorted(pages.load(view, ids), key=lambda message: places[message.id])
