"""Bookmarks of rooms: the values, and what tells of them."""

from collections.abc import Sequence
from typing import Literal

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Notify

Keeping = Literal["items", "element", "private"]
"""How the server keeps them: an item each (XEP-0402), or all in one element (XEP-0048).

That is in an item, or in private XML storage (XEP-0049).
"""


class Bookmark(Value):
    """A room that the user keeps, and how it is to be entered.

    `autojoin`: whenever the user is online. `pinned` and `notify` are for its conversation; None is
    what rooms notify of at first. `id` is its name on the server, where that isn't `room`, and
    `element` what the server has of it, as it came, but for the password.
    """

    room: str
    name: str = ""
    nick: str = ""
    password: str = ""
    autojoin: bool = False
    pinned: bool = False
    notify: Notify | None = None
    id: str = ""
    element: str = ""

    @property
    def known_as(self) -> str:
        """What the server calls it."""
        return self.id or self.room


class BookmarksChanged(NamedTuple):
    """Bookmarks of these rooms are new, different or gone."""

    rooms: Sequence[str]


class BookmarkWanted(NamedTuple):
    """The user wants to be in a room from now on, on all clients."""

    room: str
    password: str = ""
