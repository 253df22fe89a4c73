"""Bookmark and Unbookmark, of the Rooms interface."""

from typing import Unpack

from backendd.api.contract.rooms import BookmarkChanges
from backendd.features.bookmarks.service import Bookmarks
from backendd.session import addressing
from backendd.session.home import Home


class BookmarksMembers:
    """What callers see of `Bookmarks`."""

    def __init__(self, home: Home, service: Bookmarks) -> None:
        self._home = home
        self._bookmarks = service

    async def bookmark(self, room: str, **changes: Unpack[BookmarkChanges]) -> None:
        await self._bookmarks.bookmark(await addressing.contact(self._home, room), changes)

    async def unbookmark(self, room: str) -> None:
        await self._bookmarks.unbookmark(await addressing.contact(self._home, room))
