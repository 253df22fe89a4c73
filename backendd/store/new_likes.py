"""Who has come to like entries of the user, until they have seen that, or it is taken back."""

import json
from collections.abc import Iterable, Sequence

from backendd.api.tuples import NamedTuple
from backendd.core.entries import Feed
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST_NAMED = 20
"""So many are named of all who have come to like one entry."""


class NewLike(NamedTuple):
    """That somebody has come to like an entry; `person` is a bare JID.

    `came`: when that was learned, in microseconds since the epoch. `heart` is the row of the
    comment that says it; None: it is attached.
    """

    person: str
    came: int
    heart: int | None = None


class Likers(NamedTuple):
    """How many have come to like an entry, and the last of them, the newest last."""

    many: int = 0
    last: Sequence[str] = ()


def add(ledger: Ledger, entry_id: int, likes: Iterable[NewLike]) -> None:
    """Have these likes of an entry be new."""
    ledger.db.executemany(
        "INSERT OR IGNORE INTO new_like (profile, entry, person, heart, came) "
        "VALUES (?, ?, ?, ?, ?)",
        [(ledger.profile_id, entry_id, each.person, each.heart, each.came) for each in likes],
    )


def end_attached(ledger: Ledger, entry_id: int, person: str) -> bool:
    """Have somebody like an entry no more by what they attach to it; return whether it was new."""
    row = ledger.db.execute(
        "DELETE FROM new_like WHERE entry = ? AND person = ? AND heart IS NULL RETURNING id",
        (entry_id, person),
    ).fetchone()
    return row is not None


def end_said(ledger: Ledger, comment: int) -> None:
    """Have a comment say no more that its author likes what it is on."""
    ledger.db.execute("DELETE FROM new_like WHERE heart = ?", (comment,))


def end_said_to(ledger: Ledger, entry_id: int) -> None:
    """Have no comment say any more that somebody likes an entry: they are elsewhere, or nowhere."""
    ledger.db.execute("DELETE FROM new_like WHERE entry = ? AND heart IS NOT NULL", (entry_id,))


def see(ledger: Ledger, feed: Feed, items: Sequence[str]) -> list[int]:
    """Have no like of these entries of a feed be new, or of all; return those of which some was."""
    chosen = "AND e.item IN (SELECT value FROM json_each(?))" if items else ""
    rows = ledger.db.execute(
        "DELETE FROM new_like WHERE profile = ? AND entry IN (SELECT e.id FROM feed f "
        "JOIN entry e ON e.feed = f.id WHERE f.profile = ? AND f.service = ? AND f.node = ? "
        f"{chosen}) RETURNING entry",
        (
            *(ledger.profile_id, ledger.profile_id, feed.service, feed.node),
            *([json.dumps(list(items))] if items else []),
        ),
    ).fetchall()
    return list(dict.fromkeys(entry_id for (entry_id,) in rows))


def of(view: View, entry_id: int) -> Likers:
    """Return who has come to like an entry."""
    query = "SELECT count(DISTINCT person) FROM new_like WHERE entry = ?"
    (many,) = view.db.execute(query, (entry_id,)).fetchone()
    if not many:
        return Likers()
    last = view.db.execute(
        "SELECT person FROM new_like WHERE entry = ? GROUP BY person "
        "ORDER BY min(came) DESC, min(id) DESC LIMIT ?",
        (entry_id, MOST_NAMED),
    ).fetchall()
    return Likers(many, [person for (person,) in reversed(last)])


def entries(view: View) -> list[int]:
    """Return the entries that somebody has come to like."""
    query = "SELECT DISTINCT entry FROM new_like WHERE profile = ? ORDER BY entry"
    return [entry_id for (entry_id,) in view.db.execute(query, (view.profile_id,))]
