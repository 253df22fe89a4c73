"""What is known of what others say of entries: how much there is, and who likes them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backendd.api.tuples import NamedTuple
from backendd.core import uris
from backendd.core.entries import Feed
from backendd.core.uris import ItemAddress
from backendd.features.comments import commented
from backendd.features.comments.commented import Commented
from backendd.features.comments.model import Discussed
from backendd.store import discussion_likes, entries
from backendd.store.entry_records import OF_IDS
from backendd.store.ledger import Ledger
from backendd.store.new_likes import NewLike
from backendd.store.view import View

_COMMENTS = f"""
SELECT e.id, f.service, f.node, e.item, e.answers, e.heart,
  (SELECT count(*) FROM entry WHERE feed = c.id AND unread = 1),
  (SELECT count(*) FROM entry WHERE feed = c.id)
    - (SELECT count(*) FROM entry WHERE feed = c.id AND heart = 1)
FROM {OF_IDS} CROSS JOIN feed f ON f.id = e.feed
LEFT JOIN feed c ON e.comments_node <> '' AND c.profile = e.profile
  AND c.service = e.comments_service AND c.node = e.comments_node
"""

# Whoever says it twice, or in both ways, is one.
_LIKES = f"""
SELECT entry, count(*), max(person = (
  SELECT iif(bound = '', jid, bound) FROM profile WHERE id = ?2))
FROM (
  SELECT e.id AS entry,
    coalesce(nullif(h.publisher, ''), nullif(h.author, ''), 'item ' || h.item) AS person
  FROM {OF_IDS} CROSS JOIN feed c ON e.comments_node <> '' AND c.profile = e.profile
    AND c.service = e.comments_service AND c.node = e.comments_node
  CROSS JOIN entry h ON h.feed = c.id AND h.heart = 1
  UNION SELECT entry, person FROM entry_like
  WHERE likes = 1 AND entry IN (SELECT value FROM json_each(?1)))
GROUP BY entry
"""


def load(view: View, ids: Sequence[int]) -> Mapping[int, Discussed]:
    """Return what is known of what others say of these entries."""
    wanted = json.dumps(list(ids))
    found: dict[int, Discussed] = {}
    known: dict[Feed, Commented | None] = {}
    for entry_id, *at, answers, heart, unread, count in view.db.execute(_COMMENTS, (wanted,)):
        said = found[entry_id] = {"comments": count, "likes": 0, "liked": False}
        if unread:
            said["unread_comments"] = unread
        if parent := _parent(ItemAddress(*at), json.loads(answers)):
            said["parent"] = parent
        talk = Feed(*at[:2])
        if talk not in known:
            known[talk] = commented.find(view, talk)
        if (entry := known[talk]) is not None:
            said["commented"], said["commented_title"] = entry
            said["heart"] = bool(heart)
    for entry_id, count, is_ours in view.db.execute(_LIKES, (wanted, view.profile_id)):
        found[entry_id].update({"likes": count, "liked": bool(is_ours)})
    return found


def _parent(at: ItemAddress, answers: Iterable[Any]) -> str:
    """Return which other item of its node it answers; empty where it answers none there."""
    for each in answers:
        to = uris.decode(str(each))
        if to is not None and (to.service, to.node) == (at.service, at.node) and to.item != at.item:
            return to.item
    return ""


def like(ledger: Ledger, entry_id: int, person: str, now: int, *, likes: bool) -> None:
    """Note whether somebody likes an entry, by what they have attached to it; nobody does not.

    Whoever likes it the first time is news, once it was read who did before: to whom subscribes a
    service may tell what was said last.
    """
    if not person:
        return
    known = ledger.db.execute(
        "SELECT 1 FROM entry_like WHERE entry = ? AND person = ?", (entry_id, person)
    ).fetchone()
    _like(ledger, entry_id, person, likes=likes, as_of=ledger.revise())
    if likes and known is None and discussion_likes.are_known(ledger, entry_id):
        discussion_likes.came(ledger, entry_id, [NewLike(person, now)])


def like_only(
    ledger: Ledger, entry_id: int, people: Iterable[str], now: int, *, as_of: int
) -> None:
    """Have these be all who like an entry, as far as nothing is known that is of later.

    What is on its way of ours is of later: it stays as it was wanted.
    """
    ours = ledger.db.execute("SELECT own FROM liking WHERE entry = ?", (entry_id,)).fetchone()
    before = ledger.db.execute("SELECT person FROM entry_like WHERE entry = ?", (entry_id,))
    known, liking = {person for (person,) in before}, set(people)
    for person in sorted((known | liking).difference(ours or ())):
        _like(ledger, entry_id, person, likes=person in liking, as_of=as_of)
    if discussion_likes.are_known(ledger, entry_id):
        came = [NewLike(person, now) for person in sorted(liking - known)]
        discussion_likes.came(ledger, entry_id, came)
    discussion_likes.know(ledger, entry_id)


def _like(ledger: Ledger, entry_id: int, person: str, *, likes: bool, as_of: int) -> None:
    # Who likes it no more stays: what was asked for before and comes now is older than that.
    row = ledger.db.execute(
        "INSERT INTO entry_like (profile, entry, person, likes, revision) "
        "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (entry, person) "
        "DO UPDATE SET likes = ?4, revision = ?5 WHERE likes <> ?4 AND revision <= ?6 "
        "RETURNING entry",
        (ledger.profile_id, entry_id, person, likes, ledger.revise(), as_of),
    ).fetchone()
    if row:
        entries.contributed(ledger, entry_id, entries.TABLE)
        if not likes:
            discussion_likes.end_attached(ledger, entry_id, person)


def attaches_like(view: View, entry_id: int, person: str) -> bool:
    """Return whether somebody likes an entry by what they have attached to it."""
    row = view.db.execute(
        "SELECT 1 FROM entry_like WHERE entry = ? AND person = ? AND likes = 1",
        (entry_id, person),
    ).fetchone()
    return row is not None


def hearts(view: View, at: ItemAddress, person: str) -> list[str]:
    """Return the comments by which somebody likes an entry, as items."""
    rows = view.db.execute(
        "SELECT h.item FROM feed f CROSS JOIN entry e ON e.feed = f.id "
        "JOIN feed c ON e.comments_node <> '' AND c.profile = e.profile "
        "AND c.service = e.comments_service AND c.node = e.comments_node "
        "JOIN entry h ON h.feed = c.id AND h.heart = 1 "
        "WHERE f.profile = ? AND f.service = ? AND f.node = ? AND e.item = ? "
        "AND coalesce(nullif(h.publisher, ''), h.author) = ?",
        (view.profile_id, at.service, at.node, at.item, person),
    )
    return [item for (item,) in rows]


class Ended(NamedTuple):
    """A like of ours that is on its way no more."""

    entry: int
    wanted: bool
    own: str


def waiting(view: View, entry_id: int) -> int:
    """Return the row of the outbox of our like of an entry, 0 where there is none."""
    row = view.db.execute("SELECT outbox FROM liking WHERE entry = ?", (entry_id,)).fetchone()
    return row[0] if row else 0


def wait(ledger: Ledger, entry_id: int, stanza_id: str, row: int, own: str, *, likes: bool) -> None:
    """Note that our like of an entry, or its end, is on its way."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO liking (entry, profile, stanza_id, outbox, wanted, own) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (entry_id, ledger.profile_id, stanza_id, row, likes, own),
    )


def ended(ledger: Ledger, stanza_id: str) -> Ended | None:
    """Note that the like that is this stanza is on its way no more; None where it isn't known."""
    row = ledger.db.execute(
        "DELETE FROM liking WHERE profile = ? AND stanza_id = ? RETURNING entry, wanted, own",
        (ledger.profile_id, stanza_id),
    ).fetchone()
    return Ended(row[0], bool(row[1]), row[2]) if row else None


def hear(ledger: Ledger, service: str, node: str, now: int, *, is_ours: bool) -> None:
    """Note that a node is subscribed to, because of what is ours or not, and was looked at now."""
    ledger.db.execute(
        "INSERT INTO heard (profile, service, node, looked, ours) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (profile, service, node) DO UPDATE SET looked = ?4, ours = max(ours, ?5)",
        (ledger.profile_id, service, node, now, is_ours),
    )


def not_looked_at(view: View, most: int) -> list[tuple[str, str]]:
    """Return nodes that are subscribed to beyond so many, those not looked at for longest.

    So many may be because of what is ours, and as many because of what others wrote.
    """
    return view.db.execute(
        "SELECT service, node FROM (SELECT service, node, row_number() OVER "
        "(PARTITION BY ours ORDER BY looked DESC) AS place FROM heard WHERE profile = ?) "
        "WHERE place > ?",
        (view.profile_id, most),
    ).fetchall()


def unhear(ledger: Ledger, service: str, node: str) -> None:
    """Note that a node isn't subscribed to any more."""
    ledger.db.execute(
        "DELETE FROM heard WHERE profile = ? AND service = ? AND node = ?",
        (ledger.profile_id, service, node),
    )
