"""Whom the blog that is looked at is for, as far as its service tells that."""

import logging
from collections.abc import Iterator

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.blogs import Feed
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.post_sources import OneBlog
from primitivus.model.readers import whom

log = logging.getLogger(__name__)


class BlogAccessPart(Part):
    """Has blogs say whom they are for; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    def fill(self, pane: Pane) -> None:
        if not isinstance(pane, TimelinePane) or not isinstance(pane.source, OneBlog):
            return
        is_ours = self._state.at(pane.place) is self._account
        if not is_ours or not pane.asks_readers or not self._is_told(pane.source.feed):
            return
        if self._state.is_attached and self._account.profile.state == "online":
            pane.asks_readers = False
            self._tasks.start(self._ask(pane, pane.source.feed), name="ask whom a blog is for")

    def _is_told(self, feed: Feed) -> bool:
        """Return whether a service may tell us: one's own does, accounts of others never do."""
        return feed.service == self._account.profile.jid or "@" not in feed.service

    async def _ask(self, pane: TimelinePane, feed: Feed) -> None:
        try:
            pane.readers = whom(self._account, *await self.calls.access(feed.service, feed.node))
        except (BackendError, LinkError) as error:
            log.debug("nobody says whom a blog is for: %s", error)
            pane.readers = ""
        self._state.changed(Area.BLOGS)

    def ask_again(self, feed: Feed) -> None:
        """Have panes of a blog show whom it is for now."""
        for pane in self._of(feed):
            pane.asks_readers = True
        self._state.changed(Area.BLOGS)

    def reload(self, feed: Feed) -> None:
        """Have panes of a blog be read anew."""
        for pane in self._of(feed):
            pane.reload()
        self._state.changed(Area.BLOGS)

    def _of(self, feed: Feed) -> Iterator[TimelinePane]:
        for pane in (each for trail in self._state.layout.trails for each in trail.panes()):
            if isinstance(pane, TimelinePane) and isinstance(pane.source, OneBlog):
                is_ours = self._state.at(pane.place) is self._account
                if is_ours and pane.source.feed == feed:
                    yield pane
