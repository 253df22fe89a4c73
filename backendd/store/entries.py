"""The table of entries: what is written in feeds, as it is known here.

They are in order of `(place, id)`: by when they were published, but none above what came after it
because it says that it is from tomorrow.
"""

from collections.abc import Iterable, Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.entries import Content, EntriesChanged, Feed
from backendd.store import (
    discussion_news,
    discussions,
    entry_places,
    entry_records,
    entry_rows,
    feeds,
    publication_rows,
)
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
    if before is not None and before.state != "published":
        is_newer = before.says.updated > new.updated
        if publication_rows.overtakes(ledger, before.id, new) or is_newer:
            return False  # what is written here is to take its place
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
        discussions.move(ledger, before.id, new)
        entry_rows.update(ledger, before.id, new, place)
        entry_id = before.id
    else:
        since = feeds.since(ledger, feed_id)
        is_news = arrival.is_news and feeds.is_read(ledger, feed_id)
        entry_id = entry_rows.insert(
            ledger,
            feed_id,
            item,
            new,
            received=arrival.now,
            place=place,
            is_listed=feeds.is_listed(ledger, feed_id, arrival.own),
            is_unread=since > 0 and (since <= place or is_news) and not is_own,
        )
        is_ours = (new.publisher or new.author) == arrival.own
        if is_ours and is_news and new.comments_node:
            discussions.begin(ledger, entry_id, place)
        elif not since:
            ledger.note(_tell_said, discussion_news.Came(entry_id, is_news))
            return True
    touch(ledger, entry_id)
    return True


def address(view: View, entry_id: int) -> tuple[Feed, str]:
    """Return where an entry is, and what it is called there."""
    query = "SELECT service, node, item FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = ?"
    service, node, item = view.db.execute(query, (entry_id,)).fetchone()
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
        ledger.note(_tell_changed, entry_id)
    if rows:
        touch_feed(ledger, feed_id)


def touch(ledger: Ledger, entry_id: int) -> None:
    """Have an entry told, how it stands with its feed, and the one that it is a comment on."""
    ledger.note(_tell_changed, entry_id)
    row = ledger.db.execute("SELECT feed FROM entry WHERE id = ?", (entry_id,)).fetchone()
    if row is not None:
        touch_feed(ledger, row[0])


def touch_feed(ledger: Ledger, feed_id: int) -> None:
    """Have it told how it stands with a feed, and with what that is the comments on."""
    ledger.note(_tell_feeds, feed_id)


def _tell_feeds(ledger: Ledger, feed_ids: Sequence[int]) -> Iterable[object]:
    told = feeds.told(ledger, [each for each in feed_ids if feeds.since(ledger, each)])
    return [*told, *(event for each in feed_ids for event in _on_commented(ledger, each))]


def _on_commented(ledger: Ledger, feed_id: int) -> Iterable[object]:
    """Yield what tells of those entries of which a feed is the comments."""
    feed = feeds.at(ledger, feed_id)
    rows = ledger.db.execute(
        "UPDATE entry SET revision = ? WHERE profile = ? AND comments_node = ? "
        "AND comments_service = ? AND comments_node <> '' RETURNING id",
        (ledger.revise(), ledger.profile_id, feed.node, feed.service),
    ).fetchall()
    ledger.contributors.uses(TABLE)
    yield from _tell_changed(ledger, [entry_id for (entry_id,) in rows])
    yield from discussions.changed(ledger, feed)


def _tell_said(ledger: Ledger, came: list[discussion_news.Came]) -> Iterable[object]:
    """Tell of entries that are new in feeds that aren't followed: some are said to the user.

    Which are is found for all of them at once, before anything is told of them.
    """
    feed_ids = discussion_news.judge(ledger, came)
    told = _tell_changed(ledger, [each.entry for each in came])
    return [*told, *_tell_feeds(ledger, feed_ids)]


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
    query = "SELECT id FROM entry WHERE feed = ? AND item = ?"
    row = view.db.execute(query, (feed_id, item)).fetchone()
    return entry_records.load(view, [row[0]], is_whole=True)[0] if row else None


def find(view: View, feed: Feed, item: str) -> int | None:
    """Return the id of an entry; None where it isn't here."""
    query = "SELECT id FROM entry WHERE feed = ? AND item = ?"
    row = view.db.execute(query, (feeds.find(view, feed), item)).fetchone()
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
    condition, index = "profile = ? AND listed = 1", "entry_listed"
    if is_unread:
        condition, index = f"{condition} AND unread = 1", "entry_unread_in_order"
    return _places(view, condition, view.profile_id, below, limit, by=f"INDEXED BY {index}")


def unpublished(view: View, below: Place | None, limit: int) -> list[Place]:
    """Return where what was written here stands that isn't published, or not gone yet."""
    found = list[Place]()
    for which, by in (("state <> 'published'", ""), (entry_rows.GOING, "NOT INDEXED")):
        condition = f"profile = ? AND heart = 0 AND {which}"
        found += _places(view, condition, view.profile_id, below, limit, by=by)
    return sorted(found, reverse=True)[:limit]


def _places(
    view: View, condition: str, of: int, below: Place | None, limit: int, *, by: str = ""
) -> list[Place]:
    bound = "AND (place, id) < (?, ?)" if below is not None else ""
    rows = view.db.execute(
        f"SELECT place, id FROM entry {by} WHERE {condition} {bound} "
        "ORDER BY place DESC, id DESC LIMIT ?",
        (of, *(below or ()), limit),
    )
    return list(map(Place._make, rows))


def load(view: View, places: Sequence[Place], *, has_markup: bool = True) -> list[records.Entry]:
    """Return the entries of these places, in their order; long ones are cut."""
    return entry_records.load(view, [each.id for each in places], has_markup=has_markup)
