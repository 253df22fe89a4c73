"""Entries that are gone: forgotten, told of, and not brought back by what is older."""

import json
from collections.abc import Iterable, Sequence

from backendd.core.entries import EntriesGone, Feed
from backendd.store import discussions, entries, feeds
from backendd.store.ledger import Ledger
from backendd.store.view import View

_ALL = ""


def retract(
    ledger: Ledger, feed_id: int, items: Iterable[str], *, as_of: int | None = None
) -> None:
    """Forget entries that are gone, or were `as_of` a revision; of later is what was said since."""
    feed = feeds.at(ledger, feed_id)
    latest = ledger.revise() if as_of is None else as_of
    for item in items:
        _gone(ledger, feed_id, feed, "AND said <= ? AND item = ?", (latest, item))
        _bury(ledger, feed_id, item, latest)


def clear(ledger: Ledger, feed_id: int) -> None:
    """Forget all entries of a feed."""
    _gone(ledger, feed_id, feeds.at(ledger, feed_id), "", ())
    _bury(ledger, feed_id, _ALL, ledger.revise())


def keep_only(ledger: Ledger, feed_id: int, items: Iterable[str], *, as_of: int) -> None:
    """Forget what isn't among these items, unless it is of a later revision than they are."""
    _gone(
        ledger,
        feed_id,
        feeds.at(ledger, feed_id),
        "AND said <= ? AND item NOT IN (SELECT value FROM json_each(?))",
        (as_of, json.dumps(list(items))),
    )


def _gone(
    ledger: Ledger, feed_id: int, feed: Feed, condition: str, arguments: Sequence[object]
) -> None:
    rows = ledger.db.execute(
        f"SELECT id, item FROM entry WHERE feed = ? AND state = 'published' {condition}",
        (feed_id, *arguments),
    ).fetchall()
    ids = [entry_id for entry_id, _ in rows]
    discussions.end(ledger, ids)
    ledger.db.execute(
        "DELETE FROM entry WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    )
    for _, item in rows:
        ledger.note(_tell_gone, (feed, item))
    if rows:
        entries.touch_feed(ledger, feed_id)


def gone(ledger: Ledger, feed: Feed, item: str) -> None:
    """Have it told that an entry is gone, which was taken out here."""
    _bury(ledger, feeds.ensure(ledger, feed), item, ledger.revise())
    ledger.note(_tell_gone, (feed, item))


def is_gone(view: View, feed_id: int, item: str, as_of: int) -> bool:
    """Return whether an item went later than a revision, as far as its service has told."""
    row = view.db.execute(
        "SELECT 1 FROM entry_gone WHERE feed = ? AND item IN (?, ?) AND revision > ?",
        (feed_id, item, _ALL, as_of),
    ).fetchone()
    return row is not None


def _bury(ledger: Ledger, feed_id: int, item: str, revision: int) -> None:
    """Have an item not come back with what is older than that it is gone."""
    ledger.db.execute(
        "INSERT INTO entry_gone (profile, feed, item, revision) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (feed, item) DO UPDATE SET revision = max(revision, ?4)",
        (ledger.profile_id, feed_id, item, revision),
    )


def forget_gone(ledger: Ledger) -> None:
    """Forget what is gone: nothing that was asked for before that comes any more."""
    ledger.db.execute("DELETE FROM entry_gone WHERE profile = ?", (ledger.profile_id,))


def _tell_gone(_: Ledger, gone: list[tuple[Feed, str]]) -> Iterable[object]:
    items: dict[Feed, list[str]] = {}
    for feed, item in gone:
        items.setdefault(feed, []).append(item)
    return [EntriesGone(feed, found) for feed, found in items.items()]
