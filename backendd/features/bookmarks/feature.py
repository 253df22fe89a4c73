"""The part that keeps bookmarks, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.bookmarks import inbound
from backendd.features.bookmarks.bus import BookmarksMembers
from backendd.features.bookmarks.extensions import NODE
from backendd.features.bookmarks.service import Bookmarks
from backendd.features.bookmarks.stanza import STORAGE
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedBookmarks(Bookmarks):
    """`Bookmarks`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        home.pubsub.events.on_items(NODE, inbound.on_items, whose="own")
        home.pubsub.events.on_items(STORAGE, inbound.on_element, whose="own")
        self._members = BookmarksMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROOMS: self._members}


FEATURE = Feature("bookmarks", ServedBookmarks)
