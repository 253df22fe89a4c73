"""The entries of a blog, one after the other, and how they stand."""

from backendd.api.tuples import NamedTuple
from backendd.core.entries import Content, Feed
from backendd.store import entries, entry_rows, feeds, publications
from backendd.store.entries import Place
from backendd.store.view import View


class Written(NamedTuple):
    """An entry as it is here, and where it stands."""

    place: Place
    item: str
    content: Content


def about(view: View, feed: Feed) -> tuple[str, int]:
    """Return what a blog is called, empty where nobody has said so, and when it was changed."""
    row = view.db.execute(
        "SELECT name, (SELECT max(updated) FROM entry WHERE feed = feed.id) FROM feed WHERE id = ?",
        (feeds.find(view, feed),),
    ).fetchone()
    return (row[0], row[1] or 0) if row else ("", 0)


def below(view: View, feed: Feed, place: Place | None, limit: int) -> list[Written]:
    """Return the newest entries of a blog, or those below a place, newest first."""
    feed_id = feeds.find(view, feed)
    if feed_id is None:
        return []
    found = []
    for each in entries.of_feed(view, feed_id, place, limit):
        said = entry_rows.says(view, each.id)
        if said is not None:
            _, item = entries.address(view, each.id)
            found.append(Written(each, item, publications.content(said[1])))
    return found


def known(view: View, feed: Feed, items: list[str]) -> set[str]:
    """Return which of these items are entries of a blog here, however far they are."""
    feed_id = feeds.find(view, feed)
    if feed_id is None:
        return set()
    return {each for each in items if entries.has(view, feed_id, each)}
