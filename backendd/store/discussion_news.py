"""What of all that was said just now is said to the user, and is unread until they see it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.core import uris
from backendd.core.entries import Feed
from backendd.store import discussion_likes, discussions, feeds
from backendd.store.discussions import BY, Post
from backendd.store.ledger import Ledger
from backendd.store.new_likes import NewLike
from backendd.store.view import View

_SECOND_US = 1_000_000
"""Many programs date what they write in whole seconds."""


class Came(NamedTuple):
    """Something new that was said; `is_news`: whenever it says that it was written."""

    entry: int
    is_news: bool


class _Said(NamedTuple):
    """What is looked at of something that was said."""

    id: int
    feed: int
    place: int
    received: int
    heart: int
    author: str
    answers: str
    is_news: bool


def judge(ledger: Ledger, came: Sequence[Came]) -> list[int]:
    """Have what is said to the user be unread, of all that was said just now; return the feeds."""
    talks: dict[int, list[_Said]] = {}
    for each in _read(ledger, came):
        talks.setdefault(each.feed, []).append(each)
    own = discussions.own_jid(ledger)
    unread: list[int] = []
    for feed_id, said in talks.items():
        talk = feeds.at(ledger, feed_id)
        post = discussions.post_of(ledger, talk)
        if post is None:
            continue
        others = [each for each in said if each.author != own]
        news = _on_own(others, post) if post.is_own else _answers(ledger, others, talk, own)
        heard = _heard(ledger, news)
        unread += (each.id for each in heard if not each.heart)
        if not post.is_own and heard:
            discussions.know(ledger, post.id)
        hearts = [NewLike(each.author, each.received, each.id) for each in heard if each.heart]
        discussion_likes.came(ledger, post.id, hearts)
    if unread:
        ledger.db.execute(
            "UPDATE entry SET unread = 1, revision = ? "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (ledger.revise(), json.dumps(unread)),
        )
    return list(talks)


def _read(view: View, came: Sequence[Came]) -> list[_Said]:
    news = dict(came)
    rows = view.db.execute(
        f"SELECT e.id, e.feed, e.place, e.received, e.heart, {BY}, e.answers FROM entry e "
        "WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.place, e.id",
        (json.dumps(list(news)),),
    )
    return [_Said._make((*row, news[row[0]])) for row in rows]


def _on_own(said: Iterable[_Said], post: Post) -> list[_Said]:
    return [each for each in said if _is_new(each, post.since)]


def _is_new(said: _Said, since: int) -> bool:
    """Return whether something was said since then, by its own date or else by when it came."""
    return said.is_news or said.place >= since - _SECOND_US


def _answers(view: View, said: Iterable[_Said], talk: Feed, own: str) -> list[_Said]:
    """Return which of these are news that answers the user."""
    found = []
    for each in said:
        to = _answered(json.loads(each.answers), talk)
        row = view.db.execute(
            f"SELECT e.received FROM entry e WHERE e.feed = ?2 AND e.item = ?3 AND {BY} = ?1",
            (own, each.feed, to),
        ).fetchone()
        if row and _is_new(each, row[0]):
            found.append(each)
    return found


def _answered(answers: Iterable[Any], talk: Feed) -> str:
    links = (uris.decode(str(each)) for each in answers)
    of_talk = (to.item for to in links if to and (to.service, to.node) == (talk.service, talk.node))
    return next(of_talk, "")


def _heard(view: View, said: Sequence[_Said]) -> Sequence[_Said]:
    """Return what of this isn't said by somebody whom the user blocks."""
    known = view.contributors.load(view, records.Contact, list({each.author for each in said}))
    return [each for each in said if not known.get(each.author, {}).get("blocked")]
