"""Entries that were written here and aren't published: which there are, and in which feeds."""

from collections.abc import Sequence

from backendd.api.words import EntryState
from backendd.core.entries import Feed
from backendd.store import feeds, publication_rows, publications
from backendd.store.ledger import Ledger
from backendd.store.view import View


def unpublished(view: View) -> list[tuple[Feed, str, EntryState]]:
    """Return the items that wait or have failed, and where they are to be."""
    rows = view.db.execute(
        "SELECT service, node, item, state FROM entry e JOIN feed f ON f.id = e.feed "
        "WHERE e.profile = ? AND state <> 'published'",
        (view.profile_id,),
    )
    return [(Feed(service, node), item, state) for service, node, item, state in rows]


def pending(view: View, feed: Feed) -> list[int]:
    """Return the ids of the entries that wait to be published in a feed, the last one first."""
    rows = view.db.execute(
        "SELECT id FROM entry WHERE profile = ? AND state <> 'published' AND state = 'pending' "
        "AND feed = ? ORDER BY id DESC",
        (view.profile_id, feeds.find(view, feed)),
    )
    return [entry_id for (entry_id,) in rows]


def withdraw(ledger: Ledger, ids: Sequence[int]) -> int:
    """Have entries not be published that wait for it; return how many of them weren't sent yet."""
    waiting = (each for each in ids if publication_rows.find(ledger, each) is not None)
    return sum(publications.withdraw(ledger, each) for each in waiting)
