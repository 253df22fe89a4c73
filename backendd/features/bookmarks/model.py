"""What another client of ours has done to bookmarks, for us to follow."""

from collections.abc import Sequence
from dataclasses import replace

from backendd.api import text
from backendd.api.contract.rooms import BookmarkChanges
from backendd.api.tuples import NamedTuple
from backendd.core.bookmarks import Bookmark
from backendd.core.conversations import Behaviour

_LIMIT = 1000  # characters


class Followed(NamedTuple):
    """Another client wants all of ours to be in these rooms, or to be there no more."""

    enter: Sequence[str] = ()
    leave: Sequence[str] = ()


def changed(bookmark: Bookmark, changes: BookmarkChanges) -> Bookmark:
    """Return a bookmark as the user wants it."""
    return replace(
        bookmark,
        name=text.clean_line(changes.get("name", bookmark.name), limit=_LIMIT),
        nick=text.clean_line(changes.get("nick", bookmark.nick), limit=_LIMIT),
        password=changes.get("password", bookmark.password)[:_LIMIT],
        autojoin=changes.get("autojoin", bookmark.autojoin),
        pinned=changes.get("pinned", bookmark.pinned),
    )


def behaving(bookmark: Bookmark, wanted: Behaviour) -> Bookmark:
    """Return a bookmark that says how its conversation is to behave."""
    return replace(
        bookmark,
        pinned=bookmark.pinned if wanted.pinned is None else wanted.pinned,
        notify=wanted.notify or bookmark.notify,
    )
