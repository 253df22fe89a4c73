"""The table of entries: what is written in feeds, as it is known here.

They are in order of `(place, id)`: by when they were published, but none above what came after it
because it says that it is from tomorrow.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from backendd.api import records
from backendd.api.values import Value
from backendd.core.entries import Content, EntriesChanged, Feed
from backendd.store import entry_places, entry_records, entry_rows, feeds
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "entry"


class Arrival(Value):
    """How an entry came here: from whom, as far as its service has said, and when.

    `own` is the bare JID of the account. What was asked for says so `as_of` a revision from before
    that; None: its service tells it now. `is_news`: of a feed that was read before it was not
    there then, whenever it says that it was written. `is_older`: it is below all of the feed that
    is here.
    """

    own: str
    now: int
    publisher: str = ""
    as_of: int | None = None
    is_news: bool = False
    is_older: bool = False


class Place(NamedTuple):
    """Where an entry stands among others."""

    place: int
    id: int


def save(ledger: Ledger, feed_id: int, item: str, content: Content, arrival: Arrival) -> bool:
    """Store what an item says now; return whether that is news.

    A service that says who has published something may not say so the next time: that stays known
    of what says the same.
    """
    feed = feeds.at(ledger, feed_id)
    before = entry_rows.known(ledger, feed_id, item)
    new = entry_rows.read(feed, content, arrival.publisher, before, arrival.now)
    if before is not None and before.says == new and before.state == "published":
        return False
    if before is not None and before.state != "published" and new.updated < before.says.updated:
        return False  # what is written here is newer, and is to take its place
    if before is not None and arrival.as_of is not None and before.said > arrival.as_of:
        return False
    is_own = new.author == arrival.own or new.publisher == arrival.own
    place = entry_places.place(
        ledger,
        min(new.published, before.received if before is not None else arrival.now),
        before=before.place if before is not None else None,
        is_older=arrival.is_older,
    )
    if before is not None:
        entry_rows.update(ledger, before.id, new, place)
        entry_id = before.id
    else:
        since = feeds.since(ledger, feed_id)
        is_new = since <= place or (arrival.is_news and feeds.is_read(ledger, feed_id))
        entry_id = entry_rows.insert(
            ledger,
            feed_id,
            item,
            new,
            received=arrival.now,
            place=place,
            is_listed=feeds.is_listed(ledger, feed_id, arrival.own),
            is_unread=since > 0 and is_new and not is_own,
        )
    touch(ledger, entry_id)
    return True


def address(view: View, entry_id: int) -> tuple[Feed, str]:
    """Return where an entry is, and what it is called there."""
    service, node, item = view.db.execute(
        "SELECT service, node, item FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = ?",
        (entry_id,),
    ).fetchone()
    return Feed(service, node), item


def mark_read(ledger: Ledger, feed_id: int, items: Sequence[str]) -> None:
    """Have these entries of a feed be read, or all."""
    marks = ",".join("?" * len(items))
    rows = ledger.db.execute(
        "UPDATE entry SET unread = 0, revision = ? WHERE feed = ? AND unread = 1 "
        f"{f'AND item IN ({marks})' if items else ''} RETURNING id",
        (ledger.revise(), feed_id, *items),
    ).fetchall()
    for (entry_id,) in rows:
        touch(ledger, entry_id)


def touch(ledger: Ledger, entry_id: int) -> None:
    """Have an entry told, how it stands with its feed, and the one that it is a comment on."""
    ledger.note(_tell_changed, entry_id)
    row = ledger.db.execute("SELECT feed FROM entry WHERE id = ?", (entry_id,)).fetchone()
    if row is None:
        return
    if feeds.since(ledger, row[0]):
        feeds.touch(ledger, row[0])
    touch_commented(ledger, row[0])


def touch_commented(ledger: Ledger, feed_id: int) -> None:
    """Have those entries told of which this feed is the comments."""
    feed = feeds.at(ledger, feed_id)
    rows = ledger.db.execute(
        "SELECT id FROM entry WHERE profile = ? AND comments_node = ? AND comments_service = ? "
        "AND comments_node <> ''",
        (ledger.profile_id, feed.node, feed.service),
    ).fetchall()
    for (entry_id,) in rows:
        contributed(ledger, entry_id, TABLE)


def arrange(ledger: Ledger, feed_id: int, items: Sequence[str]) -> None:
    """Have entries of a feed that are of one second stand as they are given, newest first."""
    for entry_id in entry_places.arrange(ledger, feed_id, items):
        revise(ledger, entry_id)


def contributed(ledger: Ledger, entry_id: int, table: str) -> None:
    """Have an entry told, with a new revision: what `table` adds to it is different."""
    ledger.contributors.uses(table)
    revise(ledger, entry_id)


def revise(ledger: Ledger, entry_id: int) -> None:
    """Have an entry told, with a new revision."""
    ledger.db.execute("UPDATE entry SET revision = ? WHERE id = ?", (ledger.revise(), entry_id))
    ledger.note(_tell_changed, entry_id)


def _tell_changed(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    told = entry_records.load(ledger, ids)
    return [EntriesChanged(told)] if told else []


def get(view: View, feed_id: int, item: str) -> records.Entry | None:
    """Return an entry whole."""
    row = view.db.execute(
        "SELECT id FROM entry WHERE feed = ? AND item = ?", (feed_id, item)
    ).fetchone()
    return entry_records.load(view, [row[0]], is_whole=True)[0] if row else None


def find(view: View, feed: Feed, item: str) -> int | None:
    """Return the id of an entry; None where it isn't here."""
    row = view.db.execute(
        "SELECT id FROM entry WHERE feed = ? AND item = ?", (feeds.find(view, feed), item)
    ).fetchone()
    return row[0] if row else None


def has(view: View, feed_id: int, item: str) -> bool:
    """Return whether an item is here."""
    query = "SELECT 1 FROM entry WHERE feed = ? AND item = ?"
    return view.db.execute(query, (feed_id, item)).fetchone() is not None


def of_feed(
    view: View, feed_id: int, below: Place | None, limit: int, *, has_likes: bool = True
) -> list[Place]:
    """Return where the newest entries of a feed stand, or those below a place, newest first.

    Without likes it is what else is said there.
    """
    return _places(view, "feed = ?" + " AND heart = 0" * (not has_likes), feed_id, below, limit)


def listed(view: View, below: Place | None, limit: int, *, is_unread: bool = False) -> list[Place]:
    """Return where the newest entries of the timeline stand, as `of_feed` does."""
    condition = "profile = ? AND listed = 1"
    return _places(view, condition + " AND unread = 1" * is_unread, view.profile_id, below, limit)


def unpublished(view: View, below: Place | None, limit: int) -> list[Place]:
    """Return where what was written here stands that isn't published, as `of_feed` does."""
    condition = "profile = ? AND state <> 'published' AND heart = 0"
    return _places(view, condition, view.profile_id, below, limit)


def _places(view: View, condition: str, of: int, below: Place | None, limit: int) -> list[Place]:
    bound = "AND (place, id) < (?, ?)" if below is not None else ""
    rows = view.db.execute(
        f"SELECT place, id FROM entry WHERE {condition} {bound} "
        "ORDER BY place DESC, id DESC LIMIT ?",
        (of, *(below or ()), limit),
    )
    return list(map(Place._make, rows))


def load(view: View, places: Sequence[Place]) -> list[records.Entry]:
    """Return the entries of these places, in their order; long ones are cut."""
    return entry_records.load(view, [each.id for each in places])
