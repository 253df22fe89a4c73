"""All of a blog: it is here before a file is made of it, or held against one."""

import asyncio

from backendd.api.errors import NotConnected, Timeout, UnknownItem
from backendd.core.entries import Feed
from backendd.session.home import Home
from backendd.store import feeds


class Deadline:
    """When a call has to be answered, which whoever has called would not wait longer for."""

    def __init__(self, seconds: float) -> None:
        self._at = asyncio.get_running_loop().time() + seconds

    def is_over(self) -> bool:
        return asyncio.get_running_loop().time() >= self._at


class Whole:
    """Reads what of a blog isn't here yet."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def read(self, feed: Feed, deadline: Deadline, *, may_be_new: bool = False) -> None:
        """Have all of a blog here; Timeout where that isn't done by then, and may be gone on with.

        Without a connection it is enough that all of it was here; NotConnected. Raises what
        reading it does, but that there is none where it `may_be_new`.
        """
        try:
            await self._home.feeds.refresh(feed)
            while await self._home.feeds.extend(feed):
                if deadline.is_over():
                    raise Timeout(
                        "this blog is long: what was read of it is kept, so try again to go on"
                    )
        except UnknownItem:
            if not may_be_new:
                raise
        except NotConnected:
            known = await self._home.store.read(lambda view: feeds.extent(view, feed))
            if not known.is_whole:
                raise NotConnected(
                    "not all of this blog is here, which takes a connection"
                ) from None
