"""Bookmarks as others have changed them: stored, and followed.

Rooms are entered and left by that, and their conversations behave as it says.
"""

from collections.abc import Iterable

from backendd.core.bookmarks import Bookmark
from backendd.core.conversations import Behaviour
from backendd.features.bookmarks import store
from backendd.features.bookmarks.model import Followed
from backendd.store import bookmarks
from backendd.store.ledger import Ledger


def save(ledger: Ledger, bookmark: Bookmark) -> None:
    """Store a bookmark that is new or different."""
    _follow(ledger, bookmarks.save(ledger, bookmark), bookmark)


def keep(ledger: Ledger, bookmark: Bookmark, told: Behaviour) -> None:
    """Store a bookmark as the user has changed it, who is where they want to be already.

    `told`: what the server knows by that of how its conversation is to behave.
    """
    if bookmarks.save(ledger, bookmark) is None:
        store.wish_as_it_is(ledger, bookmark)
    store.settle(ledger, bookmark.room, told)


def confirm(ledger: Ledger, bookmark: Bookmark, told: Behaviour) -> None:
    """Take note that the server knows what was `told`, if this is still what it has."""
    if bookmarks.find(ledger, bookmark.room) == bookmark:
        store.settle(ledger, bookmark.room, told)


def remove(ledger: Ledger, room: str) -> None:
    """Remove the bookmark of a room."""
    _follow(ledger, bookmarks.remove(ledger, room), None)


def forget(ledger: Ledger, room: str) -> None:
    """Remove a bookmark as the user wants it, who stays where they are."""
    bookmarks.remove(ledger, room)
    store.forget(ledger, room)


def forget_known(ledger: Ledger, bookmark: Bookmark) -> None:
    """Remove a bookmark that the server doesn't have, if this is still the one that is here."""
    if bookmarks.find(ledger, bookmark.room) == bookmark:
        forget(ledger, bookmark.room)


def replace(ledger: Ledger, found: Iterable[Bookmark]) -> None:
    """Store just these."""
    before = {each.room: each for each in bookmarks.load(ledger)}
    after = {each.room: each for each in found}
    bookmarks.replace(ledger, after.values())
    for room in before | after:
        _follow(ledger, before.get(room), after.get(room))


def _follow(ledger: Ledger, before: Bookmark | None, after: Bookmark | None) -> None:
    """Have a room entered or left where that is what changed, and behave as is said now."""
    _behave(ledger, before, after)
    was_in = before is not None and before.autojoin
    if after is not None and after.autojoin:
        if not was_in:
            ledger.note(_tell_entered, after.room)
    elif before is not None and (was_in or after is None):
        ledger.note(_tell_left, before.room)


def _behave(ledger: Ledger, before: Bookmark | None, after: Bookmark | None) -> None:
    """Have a conversation behave as its bookmark says where that is what changed."""
    if after is None:
        return  # it stays as it was last
    had = before or Bookmark(after.room)
    if before is None:
        store.wish_as_it_is(ledger, after)
    said = Behaviour(
        pinned=after.pinned if after.pinned != had.pinned else None,
        notify=after.notify or "" if after.notify != had.notify else None,
    )
    store.behave(ledger, after.room, said)


def _tell_entered(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [Followed(enter=rooms)]


def _tell_left(ledger: Ledger, rooms: list[str]) -> Iterable[object]:
    return [Followed(leave=rooms)]
