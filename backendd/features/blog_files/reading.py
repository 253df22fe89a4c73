"""All of a blog: it is here before a file is made of it, or held against one."""

from backendd.api.errors import NotConnected, UnknownItem
from backendd.core.entries import Feed
from backendd.session.home import Home
from backendd.store import feeds

_WHY = "not all of this blog is here yet, and reading the rest takes a connection"


async def read_whole(home: Home, feed: Feed, *, why: str = _WHY, may_be_new: bool = False) -> None:
    """Have all of a blog here, which may take long.

    Without a connection it is enough that all of it was here; NotConnected, which says `why` that
    is needed. Raises what reading it does, but that there is none where it `may_be_new`.
    """
    try:
        await home.feeds.refresh(feed)
        is_going_on = True
        while is_going_on:
            is_going_on = await home.feeds.extend(feed)
    except UnknownItem:
        if not may_be_new:
            raise
    except NotConnected:
        at = await home.store.read(lambda view: feeds.extent(view, feed))
        if not at.is_whole:
            raise NotConnected(why) from None
