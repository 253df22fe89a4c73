"""The bookmarks of rooms, as the server has them."""

from collections.abc import Iterable
from typing import get_args

from backendd.api.words import Notify
from backendd.core.bookmarks import Bookmark, BookmarksChanged, Keeping
from backendd.store import conversations, rooms
from backendd.store.ledger import Ledger
from backendd.store.view import View

_COLUMNS = "room, name, nick, sealed, autojoin, pinned, notify, id, element"


def load(view: View) -> list[Bookmark]:
    """Return all bookmarks, by room."""
    query = f"SELECT {_COLUMNS} FROM bookmark WHERE profile = ? ORDER BY room"
    return [_bookmark(view, *row) for row in view.db.execute(query, (view.profile_id,))]


def find(view: View, room: str) -> Bookmark | None:
    """Return the bookmark of a room."""
    query = f"SELECT {_COLUMNS} FROM bookmark WHERE profile = ? AND room = ?"
    row = view.db.execute(query, (view.profile_id, room)).fetchone()
    return _bookmark(view, *row) if row else None


def save(ledger: Ledger, bookmark: Bookmark) -> Bookmark | None:
    """Store a bookmark; return the one before."""
    before = find(ledger, bookmark.room)
    if bookmark == before:
        return before
    ledger.db.execute(
        f"INSERT OR REPLACE INTO bookmark (profile, {_COLUMNS}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, bookmark.room, bookmark.name, bookmark.nick,
            ledger.secrets.seal(bookmark.password, _purpose(bookmark.room)),
            bookmark.autojoin, bookmark.pinned, bookmark.notify or "", bookmark.id,
            bookmark.element,
        ),
    )  # fmt: skip
    _list(ledger, bookmark)
    ledger.note(_tell, bookmark.room)
    return before


def _list(ledger: Ledger, bookmark: Bookmark) -> None:
    """Have the room of a bookmark among those that are known."""
    ledger.db.execute(
        """INSERT INTO room (profile, room, wanted_nick) VALUES (?, ?, ?)
           ON CONFLICT (profile, room) DO UPDATE SET
             wanted_nick = iif(excluded.wanted_nick = '', wanted_nick, excluded.wanted_nick)""",
        (ledger.profile_id, bookmark.room, bookmark.nick),
    )
    rooms.touch(ledger, bookmark.room)
    conversations.touch_with(ledger, bookmark.room)


def remove(ledger: Ledger, room: str) -> Bookmark | None:
    """Remove the bookmark of a room; return it, if there was one."""
    before = find(ledger, room)
    if before is not None:
        ledger.db.execute(
            "DELETE FROM bookmark WHERE profile = ? AND room = ?", (ledger.profile_id, room)
        )
        rooms.forget(ledger, room)
        ledger.note(_tell, room)
    return before


def replace(ledger: Ledger, bookmarks: Iterable[Bookmark]) -> None:
    """Store just these bookmarks: there are no others."""
    wanted = {each.room: each for each in bookmarks}
    for known in load(ledger):
        if known.room not in wanted:
            remove(ledger, known.room)
    for each in wanted.values():
        save(ledger, each)


def keeping(view: View) -> tuple[Keeping | None, int]:
    """Return how the server keeps them, if that is known, and how often it has told of others."""
    row = view.db.execute(
        "SELECT kind, told FROM bookmark_keeping WHERE profile = ?", (view.profile_id,)
    ).fetchone()
    kind, told = row or ("", 0)
    return next((each for each in get_args(Keeping) if each == kind), None), told


def set_keeping(ledger: Ledger, kind: Keeping) -> None:
    """Take note of how the server keeps them."""
    ledger.db.execute(
        "INSERT INTO bookmark_keeping (profile, kind) VALUES (?, ?) "
        "ON CONFLICT (profile) DO UPDATE SET kind = excluded.kind",
        (ledger.profile_id, kind),
    )


def count_told(ledger: Ledger) -> None:
    """Take note that the server has told of others: what was asked before may be older."""
    ledger.db.execute(
        "UPDATE bookmark_keeping SET told = told + 1 WHERE profile = ?", (ledger.profile_id,)
    )


def _bookmark(
    view: View,
    room: str,
    name: str,
    nick: str,
    sealed: bytes,
    autojoin: int,
    pinned: int,
    notify: Notify,
    id: str,
    element: str,
) -> Bookmark:
    password = view.secrets.open(sealed, _purpose(room))
    return Bookmark(
        room, name, nick, password, bool(autojoin), bool(pinned), notify or None, id, element
    )


def _purpose(room: str) -> str:
    return f"bookmark-password:{room}"


def _tell(ledger: Ledger, changed: list[str]) -> Iterable[object]:
    return [BookmarksChanged(changed)]
