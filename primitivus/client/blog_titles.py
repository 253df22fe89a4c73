"""What blogs of groups are called that are shown and not followed, as their services say."""

import logging
from collections.abc import Iterator

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.blogs import Blogs, Feed, blog_of, is_comments
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane

log = logging.getLogger(__name__)


class BlogTitlesPart(Part):
    """Asks what they are called as they come into view, each once: followed ones tell it."""

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._asked: set[Feed] = set()

    async def attached(self) -> None:
        self._asked.clear()

    def fill(self, pane: Pane) -> None:
        if self._state.at(pane.place) is not self._account or not self._state.is_attached:
            return
        if self._account.profile.state != "online":
            return
        for feed in filter(self._is_nameless, _shown(pane)):
            self._asked.add(feed)
            self._tasks.start(self._ask(feed), name="ask what a blog is called")

    def _is_nameless(self, feed: Feed) -> bool:
        if feed in self._asked or "@" in feed.service or is_comments(feed.node):
            return False
        known = self._account.of(Blogs)
        return known.get(feed) is None and feed.key not in known.titles

    async def _ask(self, feed: Feed) -> None:
        try:
            found = await self._calls.node(*feed)
        except (BackendError, LinkError) as error:
            log.debug("nobody says what a blog is called: %s", error)
            return
        if found.title:
            self._account.of(Blogs).titles[feed.key] = found.title
            self._state.changed(Area.BLOGS)


def _shown(pane: Pane) -> Iterator[Feed]:
    """Yield the blogs that are in view."""
    if isinstance(pane, PostPane):
        yield Feed(pane.service, pane.node)
    elif isinstance(pane, TimelinePane):
        if pane.feed is not None:
            yield pane.feed
        yield from map(blog_of, pane.in_view())
