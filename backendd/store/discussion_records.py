"""What is said to the user about posts, as it is told, by the rows of those."""

import json
from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.words import DiscussionNotify
from backendd.core import uris
from backendd.core.uris import ItemAddress
from backendd.store import entry_records, new_likes
from backendd.store.entry_records import OF_IDS
from backendd.store.view import View

_DISCUSSION = f"""
SELECT e.id, f.service, f.node, e.item, e.title, substr(e.body, 1, 1000), e.comments_service,
  e.comments_node, c.id, coalesce(d.notify, 'all'), coalesce(d.liker, ''), coalesce(d.liked, 0),
  e.revision
FROM {OF_IDS} CROSS JOIN feed f ON f.id = e.feed LEFT JOIN discussion d ON d.entry = e.id
LEFT JOIN feed c ON e.comments_node <> '' AND c.profile = e.profile
  AND c.service = e.comments_service AND c.node = e.comments_node
"""

_FIRST = "SELECT item FROM entry WHERE feed = ? AND unread = 1 ORDER BY place, id LIMIT 1"

_LAST = """
SELECT id, received FROM entry WHERE feed = ? AND unread = 1
ORDER BY received DESC, place DESC, id DESC LIMIT 1
"""

_COUNT = "SELECT count(*) FROM entry WHERE feed = ? AND unread = 1"


class _Unread(NamedTuple):
    """What is unread of what is said: how much, the first of it, and what came last and when."""

    many: int = 0
    first: str = ""
    last: records.Entry | None = None
    came: int = 0


def load(view: View, ids: Sequence[int]) -> list[records.Discussion]:
    """Return what is said to the user about these posts."""
    rows = view.db.execute(_DISCUSSION, (json.dumps(list(ids)),)).fetchall()
    found = {row[0]: _record(view, *row) for row in rows}
    return [found[each] for each in ids if each in found]


def _record(
    view: View,
    entry_id: int,
    service: str,
    node: str,
    item: str,
    title: str,
    body: str,
    comments_service: str,
    comments_node: str,
    talk: int | None,
    notify: DiscussionNotify,
    liker: str,
    liked: int,
    revision: int,
) -> records.Discussion:
    unread, likers = _unread(view, talk), new_likes.of(view, entry_id)
    return records.Discussion(
        service=service, node=node, id=item, uri=uris.encode(ItemAddress(service, node, item)),
        title=entry_records.called(title, body), comments_service=comments_service,
        comments_node=comments_node, notify=notify, unread=unread.many,
        first_unread=unread.first, last=unread.last, last_came=unread.came, liked_by=liker,
        liked_at=liked, new_likes=likers.many, new_likers=[*likers.last], revision=revision,
    )  # fmt: skip


def _unread(view: View, talk: int | None) -> _Unread:
    last = view.db.execute(_LAST, (talk,)).fetchone()
    if last is None:
        return _Unread()
    (first,) = view.db.execute(_FIRST, (talk,)).fetchone()
    (count,) = view.db.execute(_COUNT, (talk,)).fetchone()
    return _Unread(count, first, entry_records.load(view, [last[0]])[0], last[1])
