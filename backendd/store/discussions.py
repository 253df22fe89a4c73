"""What is said to the user: comments on posts of theirs, and answers to their comments on others'.

What of that is news is unread until it is seen, as posts are in blogs that are followed: whatever
came since the post did, whoever says it, but the user and whom they block.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.words import DiscussionNotify
from backendd.core.entries import DiscussionsChanged, Feed
from backendd.store import discussion_records, entry_rows, new_likes
from backendd.store.entry_records import OF_IDS
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger
from backendd.store.view import View

_OWN = "(SELECT iif(bound = '', jid, bound) FROM profile WHERE id = ?1)"

BY = "coalesce(nullif(e.publisher, ''), e.author)"
"""Who has written an entry `e`, as far as its service tells, or it does itself."""

_IS_OWN = f"{BY} = {_OWN} AND (e.verified = 1 OR e.listed = 1 OR f.service = {_OWN})"

# Anybody may say that comments on theirs are in the node of others: a post of ours is believed
# first, then one that is where its comments are.
_POST = f"""
SELECT e.id, {_IS_OWN} AS is_own, coalesce(d.since, e.received)
FROM entry e JOIN feed f ON f.id = e.feed LEFT JOIN discussion d ON d.entry = e.id
WHERE e.profile = ?1 AND e.comments_node = ?2 AND e.comments_node <> ''
  AND e.comments_service = ?3
ORDER BY is_own DESC, f.service = e.comments_service DESC, e.id LIMIT 1
"""

# Those of which something may have been told.
_SAID_TO = f"""
SELECT e.id FROM {OF_IDS} WHERE EXISTS (SELECT 1 FROM discussion WHERE entry = e.id)
OR e.comments_node <> '' AND EXISTS (SELECT 1 FROM feed c JOIN entry s ON s.feed = c.id
  WHERE c.profile = e.profile AND c.service = e.comments_service AND c.node = e.comments_node
  AND s.unread = 1)
"""


class Post(NamedTuple):
    """What is talked about somewhere, and since when what is said there is news."""

    id: int
    is_own: bool
    since: int


def post_of(view: View, talk: Feed) -> Post | None:
    """Return the post on which a feed is the comments; None where it isn't here."""
    row = view.db.execute(_POST, (view.profile_id, talk.node, talk.service)).fetchone()
    return Post(row[0], bool(row[1]), row[2]) if row else None


def begin(ledger: Ledger, entry_id: int, since: int) -> None:
    """Have what is said to a new post of ours be news that was said since, and who likes it."""
    ledger.db.execute(
        "INSERT INTO discussion (entry, profile, since, likes_read) VALUES (?1, ?2, ?3, 1) "
        "ON CONFLICT (entry) DO UPDATE SET since = ?3, likes_read = 1",
        (entry_id, ledger.profile_id, since),
    )


def know(ledger: Ledger, entry_id: int) -> None:
    """Note that something was said to the user on a post of somebody else."""
    ledger.db.execute(
        "INSERT OR IGNORE INTO discussion (entry, profile) VALUES (?, ?)",
        (entry_id, ledger.profile_id),
    )


def own_jid(view: View) -> str:
    """Return the bare JID of the account."""
    row = view.db.execute(f"SELECT {_OWN}", (view.profile_id,)).fetchone()
    return str(row[0])


def is_of_us(view: View, entry_id: int) -> bool:
    """Return whether an entry is one of the user, as far as its service tells, or it does."""
    row = view.db.execute(
        f"SELECT {_IS_OWN} FROM entry e JOIN feed f ON f.id = e.feed WHERE e.id = ?2",
        (view.profile_id, entry_id),
    ).fetchone()
    return bool(row and row[0])


# -- what is to be listened to


def ours(view: View, most: int) -> list[int]:
    """Return the newest entries on which something may be said to the user, so many of a kind.

    They are their own, and those that they have commented on.
    """
    own = view.db.execute(
        "SELECT e.id FROM entry e JOIN feed f ON f.id = e.feed "
        f"WHERE e.profile = ?1 AND e.comments_node <> '' AND e.state = 'published' AND {_IS_OWN} "
        "ORDER BY e.place DESC, e.id DESC LIMIT ?2",
        (view.profile_id, most),
    ).fetchall()
    commented = view.db.execute(
        "SELECT DISTINCT f.service, f.node FROM (SELECT e.feed FROM entry e "
        f"WHERE e.profile = ?1 AND e.answers <> '[]' AND {BY} = {_OWN} "
        "ORDER BY e.place DESC, e.id DESC LIMIT ?2) c JOIN feed f ON f.id = c.feed",
        (view.profile_id, most),
    ).fetchall()
    posts = (post_of(view, Feed(*at)) for at in commented)
    found = (each.id for each in posts if each is not None)
    return list(dict.fromkeys([*(entry_id for (entry_id,) in own), *found]))


def is_ours(view: View, entry_id: int) -> bool:
    """Return whether something may be said to the user on an entry: as of `ours`."""
    if is_of_us(view, entry_id):
        return True
    row = view.db.execute(
        "SELECT 1 FROM entry p JOIN feed c ON c.profile = ?1 AND c.service = p.comments_service "
        "AND c.node = p.comments_node JOIN entry e ON e.feed = c.id "
        f"WHERE p.id = ?2 AND p.comments_node <> '' AND {BY} = {_OWN} LIMIT 1",
        (view.profile_id, entry_id),
    ).fetchone()
    return row is not None


# -- how it is told


def set_notify(ledger: Ledger, entry_id: int, notify: DiscussionNotify) -> None:
    """Have what is said to a post be worth a notice (`all`) or not (`none`)."""
    ledger.db.execute(
        "INSERT INTO discussion (entry, profile, notify) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (entry) DO UPDATE SET notify = ?3",
        (entry_id, ledger.profile_id, notify),
    )
    ledger.note(tell, entry_id)


def listed(view: View) -> Sequence[records.Discussion]:
    """Return those in which something is unread, or a like unseen, or nothing worth a notice."""
    rows = view.db.execute(
        "SELECT service, node FROM feed WHERE profile = ? AND followed = 0 "
        "AND EXISTS (SELECT 1 FROM entry WHERE feed = feed.id AND unread = 1)",
        (view.profile_id,),
    ).fetchall()
    posts = (post_of(view, Feed(*at)) for at in rows)
    ids = [each.id for each in posts if each is not None]
    ids += new_likes.entries(view)
    quiet = view.db.execute(
        "SELECT entry FROM discussion WHERE profile = ? AND notify <> 'all'", (view.profile_id,)
    )
    ids += (entry_id for (entry_id,) in quiet)
    return discussion_records.load(view, list(dict.fromkeys(ids)))


def changed(view: View, talk: Feed) -> Sequence[object]:
    """Return what tells how it stands with what is said in a feed, where that is for the user."""
    post = post_of(view, talk)
    if post is None or not (post.is_own or _is_known(view, post.id)):
        return []
    return [DiscussionsChanged(discussion_records.load(view, [post.id]))]


def tell(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    """Tell how it stands with what is said to these posts."""
    return [DiscussionsChanged(discussion_records.load(ledger, ids))]


def end(ledger: Ledger, ids: Sequence[int]) -> None:
    """Have it told that nothing is news any more of these posts, which are to be gone."""
    rows = ledger.db.execute(_SAID_TO, (json.dumps(list(ids)),)).fetchall()
    ended = [
        replace(
            each, unread=0, first_unread="", last=None, last_came=0, new_likes=0, new_likers=[],
            notify="all", revision=ledger.revise(),
        )
        for each in discussion_records.load(ledger, [entry_id for (entry_id,) in rows])
    ]  # fmt: skip
    if ended:
        ledger.note(partial(_tell_ended, ended), None)


def _tell_ended(
    ended: Sequence[records.Discussion], _: Ledger, _items: list[None]
) -> Iterable[object]:
    return [DiscussionsChanged(ended)]


def move(ledger: Ledger, entry_id: int, says: Says) -> None:
    """Have it told how it stands with a post on which comments are to be elsewhere, or nowhere.

    Of a comment that said that somebody likes it, and says so no more, nothing is left to be seen.
    """
    _, before = entry_rows.says(ledger, entry_id) or ("", says)
    if before.heart and (not says.heart or entry_rows.writer(before) != entry_rows.writer(says)):
        new_likes.end_said(ledger, entry_id)
    there, here = ((e.comments_service, e.comments_node) for e in (before, says))
    if there != here and is_ours(ledger, entry_id):
        new_likes.end_said_to(ledger, entry_id)
        ledger.note(tell, entry_id)


def _is_known(view: View, entry_id: int) -> bool:
    query = "SELECT 1 FROM discussion WHERE entry = ?"
    return view.db.execute(query, (entry_id,)).fetchone() is not None
