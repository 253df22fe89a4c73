"""Bookmarks as others have changed them: stored, and rooms entered and left by that."""

from collections.abc import Iterable

from backendd.core.bookmarks import Bookmark
from backendd.features.bookmarks.model import Followed
from backendd.store import bookmarks
from backendd.store.ledger import Ledger


def save(ledger: Ledger, bookmark: Bookmark) -> None:
    """Store a bookmark that is new or different."""
    _follow(ledger, bookmarks.save(ledger, bookmark), bookmark)


def remove(ledger: Ledger, room: str) -> None:
    """Remove the bookmark of a room."""
    _follow(ledger, bookmarks.remove(ledger, room), None)


def replace(ledger: Ledger, found: Iterable[Bookmark]) -> None:
    """Store just these."""
    before = {each.room: each for each in bookmarks.load(ledger)}
    after = {each.room: each for each in found}
    bookmarks.replace(ledger, after.values())
    for room in before | after:
        _follow(ledger, before.get(room), after.get(room))


def _follow(ledger: Ledger, before: Bookmark | None, after: Bookmark | None) -> None:
    """Have a room entered or left where that is what changed."""
    was_in = before is not None and before.autojoin
    if after is not None and after.autojoin:
        if not was_in:
            ledger.note(_tell_entered, after.room)
    elif before is not None and (was_in or after is None):
        ledger.note(_tell_left, before.room)


def _tell_entered(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [Followed(enter=rooms)]


def _tell_left(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [Followed(leave=rooms)]
