"""The table of feeds: nodes of entries that are known, and which of them are followed."""

import json
from collections.abc import Callable, Iterable, Sequence

from backendd.api import records
from backendd.api.values import Value
from backendd.api.words import BlogNotify
from backendd.core.entries import MICROBLOG, Feed, FeedsChanged
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Extent(Value):
    """How much of a feed is here: from where older entries are read on, and if there are any."""

    cursor: str = ""
    is_whole: bool = False


class Knowledge(Value):
    """What is here of a feed as of a revision: the ids of its items, and if it was ever read."""

    ids: frozenset[str]
    revision: int
    is_read: bool = False


def find(view: View, feed: Feed) -> int | None:
    """Return the id of a feed; None where nothing is known of it."""
    row = view.db.execute(
        "SELECT id FROM feed WHERE profile = ? AND service = ? AND node = ?",
        (view.profile_id, feed.service, feed.node),
    ).fetchone()
    return row[0] if row else None


def ensure(ledger: Ledger, feed: Feed) -> int:
    """Return the id of a feed that is known from now on."""
    known = find(ledger, feed)
    if known is not None:
        return known
    cursor = ledger.db.execute(
        "INSERT INTO feed (profile, service, node, revision) VALUES (?, ?, ?, ?)",
        (ledger.profile_id, feed.service, feed.node, ledger.revise()),
    )
    return cursor.lastrowid or 0


def at(view: View, feed_id: int) -> Feed:
    """Return where a feed is."""
    row = view.db.execute("SELECT service, node FROM feed WHERE id = ?", (feed_id,)).fetchone()
    return Feed(*row)


def is_listed(view: View, feed_id: int, own: str) -> bool:
    """Return whether what is written there is in the timeline."""
    feed = at(view, feed_id)
    return since(view, feed_id) > 0 or feed == Feed(own, MICROBLOG)


def since(view: View, feed_id: int) -> int:
    """Return since when a feed is followed; 0 where it isn't."""
    (found,) = view.db.execute("SELECT followed FROM feed WHERE id = ?", (feed_id,)).fetchone()
    return int(found)


def follow(
    ledger: Ledger, feed: Feed, now: int, *, name: str = "", is_pending: bool | None = None
) -> None:
    """Have a feed be followed, from when it was first; an empty name says nothing.

    `is_pending`: its owner has to agree; None: that is as it was.
    """
    feed_id = ensure(ledger, feed)
    row = ledger.db.execute(
        "UPDATE feed SET followed = iif(followed = 0, ?1, followed), pending = ifnull(?2, pending),"
        " name = ifnull(nullif(?3, ''), name), revision = ?4 WHERE id = ?5 AND (followed = 0 "
        "OR pending <> ifnull(?2, pending) OR name <> ifnull(nullif(?3, ''), name)) RETURNING id",
        (now, is_pending, name, ledger.revise(), feed_id),
    ).fetchone()
    if row:
        ledger.db.execute("UPDATE entry SET listed = 1 WHERE feed = ? AND listed = 0", row)
        touch(ledger, feed_id)


def leave(ledger: Ledger, feed: Feed) -> bool:
    """Have a feed be followed no more; False where it isn't."""
    row = ledger.db.execute(
        "UPDATE feed SET followed = 0, pending = 0, kept = 0, notify = 'all', named = 0, "
        "revision = ? "
        "WHERE profile = ? AND service = ? AND node = ? AND followed > 0 RETURNING id",
        (ledger.revise(), ledger.profile_id, feed.service, feed.node),
    ).fetchone()
    if row is None:
        return False
    ledger.db.execute("UPDATE entry SET listed = 0, unread = 0 WHERE feed = ?", row)
    touch(ledger, row[0])
    return True


def call(ledger: Ledger, feed: Feed, name: str, now: int) -> None:
    """Note what a feed is called, as its service says `now`; an empty name says nothing."""
    row = ledger.db.execute(
        "UPDATE feed SET named = ? WHERE profile = ? AND service = ? AND node = ? "
        "RETURNING id, name",
        (now, ledger.profile_id, feed.service, feed.node),
    ).fetchone()
    if row and name not in ("", row[1]):
        ledger.db.execute(
            "UPDATE feed SET name = ?, revision = ? WHERE id = ?", (name, ledger.revise(), row[0])
        )
        touch(ledger, row[0])


def unnamed(view: View, found: Iterable[Feed], before: int) -> list[Feed]:
    """Return which of these feeds nobody has named, or whose service has not since `before`."""
    named = "SELECT name, named FROM feed WHERE profile = ? AND service = ? AND node = ?"
    wanted = []
    for each in found:
        row = view.db.execute(named, (view.profile_id, each.service, each.node)).fetchone()
        if row and row[1] < before and (row[1] or not row[0]):
            wanted.append(each)
    return wanted


def set_notify(ledger: Ledger, feed: Feed, notify: BlogNotify) -> bool:
    """Note whether what is new in a feed is worth a notice; False where it isn't followed."""
    row = ledger.db.execute(
        "UPDATE feed SET notify = ?, revision = ? "
        "WHERE profile = ? AND service = ? AND node = ? AND followed > 0 RETURNING id",
        (notify, ledger.revise(), ledger.profile_id, feed.service, feed.node),
    ).fetchone()
    if row:
        touch(ledger, row[0])
    return bool(row)


def knowledge(view: View, feed: Feed) -> Knowledge:
    """Return what is here of a feed."""
    feed_id = find(view, feed)
    # Their state isn't in the index of their names, by which all of a long blog is had at once.
    others = "SELECT id FROM entry WHERE profile = ? AND state <> 'published'"
    query = f"SELECT item FROM entry WHERE feed = ? AND id NOT IN ({others})"
    rows = view.db.execute(query, (feed_id, view.profile_id))
    is_known = feed_id is not None and is_read(view, feed_id)
    return Knowledge(frozenset(item for (item,) in rows), view.revision, is_known)


def has_entries(view: View, feed: Feed) -> bool:
    """Return whether anything of a feed is here."""
    query = "SELECT EXISTS (SELECT 1 FROM entry WHERE feed = ?)"
    (found,) = view.db.execute(query, (find(view, feed),)).fetchone()
    return bool(found)


def count(view: View, feed: Feed) -> int:
    """Return how many entries of a feed are here."""
    query = "SELECT count(*) FROM entry WHERE feed = ? AND state = 'published'"
    (found,) = view.db.execute(query, (find(view, feed),)).fetchone()
    return int(found)


def extent(view: View, feed: Feed) -> Extent:
    """Return how much of a feed is here."""
    query = "SELECT cursor, whole FROM feed WHERE id = ?"
    row = view.db.execute(query, (find(view, feed),)).fetchone()
    return Extent(row[0], bool(row[1])) if row else Extent()


def is_read(view: View, feed_id: int) -> bool:
    """Return whether a feed was read once, from its newest entry on."""
    query = "SELECT whole OR cursor <> '' FROM feed WHERE id = ?"
    return bool(view.db.execute(query, (feed_id,)).fetchone()[0])


def reach(ledger: Ledger, feed_id: int, extent: Extent) -> None:
    """Note how much of a feed is here."""
    ledger.db.execute(
        "UPDATE feed SET cursor = ?, whole = ? WHERE id = ?",
        (extent.cursor, extent.is_whole, feed_id),
    )


def begin(ledger: Ledger, feed: Feed) -> None:
    """Note that a feed was just made: all of it is here, and what comes is news."""
    reach(ledger, ensure(ledger, feed), Extent(is_whole=True))


def keep(ledger: Ledger, feed: Feed) -> None:
    """Note that the list on the server has a feed."""
    ledger.db.execute("UPDATE feed SET kept = 1 WHERE id = ?", (find(ledger, feed),))


def kept(view: View, *, is_kept: bool) -> list[Feed]:
    """Return what is followed that the list on the server has, or hasn't."""
    rows = view.db.execute(
        "SELECT service, node FROM feed "
        "WHERE profile = ? AND followed > 0 AND kept = ? ORDER BY id",
        (view.profile_id, is_kept),
    )
    return [Feed(*row) for row in rows]


def chosen(view: View, where: Callable[[Feed], bool]) -> list[int]:
    """Return the ids of feeds that are known."""
    rows = view.db.execute(
        "SELECT id, service, node FROM feed WHERE profile = ?", (view.profile_id,)
    )
    return [feed_id for feed_id, *at in rows if where(Feed(*at))]


def followed(view: View) -> list[records.Subscription]:
    """Return what is followed, by where it is."""
    return _load(view, "profile = ?1 AND followed > 0 ORDER BY service, node")


def touch(ledger: Ledger, feed_id: int) -> None:
    """Have it told how it stands with a feed."""
    ledger.note(told, feed_id)


def told(ledger: Ledger, ids: Sequence[int]) -> Iterable[object]:
    """Return what tells how it stands with feeds."""
    # By their ids, and not (+) by going through all of the profile.
    chosen = "id IN (SELECT value FROM json_each(?2)) AND +profile = ?1"
    known = json.dumps(list(ids))
    changed = _load(ledger, f"{chosen} AND followed > 0", known)
    gone = _load(ledger, f"{chosen} AND followed = 0", known)
    left = [records.Subscription(service=each.service, node=each.node) for each in gone]
    return [FeedsChanged(changed, left)] if changed or left else []


def _load(view: View, condition: str, *arguments: object) -> list[records.Subscription]:
    rows = view.db.execute(
        "SELECT service, node, name, pending, error_name, error_text, error_since, "
        "(SELECT count(*) FROM entry WHERE feed = feed.id AND unread = 1), notify, revision "
        f"FROM feed WHERE {condition}",
        (view.profile_id, *arguments),
    )
    return [
        records.Subscription(
            service=service, node=node, name=name, pending=bool(pending),
            error=(error_name, error_text), since=since, unread=unread, notify=notify,
            revision=revision,
        )
        for service, node, name, pending, error_name, error_text, since, unread, notify, revision
        in rows
    ]  # fmt: skip
