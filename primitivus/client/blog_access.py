"""Whom the blog that is looked at is for, as far as its service tells that."""

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from backendd.api.contract import Blog
from backendd.api.errors import BackendError, UnknownItem
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Feed
from primitivus.model.blogs.post_drafts import feed_of_draft
from primitivus.model.blogs.post_sources import OneBlog
from primitivus.model.panes.kinds import is_draft, is_timeline
from primitivus.model.panes.pane import Pane
from primitivus.model.popups.readers import KnownReaders, whom

if TYPE_CHECKING:
    from primitivus.model.panes.draft import DraftPane
    from primitivus.model.panes.timeline import TimelinePane

log = logging.getLogger(__name__)


class BlogAccessPart(Part):
    """Has blogs say whom they are for; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    def fill(self, pane: Pane) -> None:
        if not (is_timeline(pane) or is_draft(pane)) or not pane.asks_readers:
            return
        feed = self._blog_of(pane)
        if feed is None or not self._is_told(feed):
            return
        if self._state.is_attached and self._account.profile.state == "online":
            pane.asks_readers = False
            self._tasks.start(self._ask(pane, feed), name="ask whom a blog is for")

    def _blog_of(self, pane: "TimelinePane | DraftPane") -> Feed | None:
        """Return the one blog that a pane is about, where it is one of the account."""
        if self._state.at(pane.place) is not self._account:
            return None
        if is_draft(pane):
            return feed_of_draft(pane.draft, self._account.profile.jid)
        if is_timeline(pane) and isinstance(pane.source, OneBlog):
            return pane.source.feed
        return None

    def _is_told(self, feed: Feed) -> bool:
        """Return whether a service may tell us: one's own does, accounts of others never do."""
        return feed.service == self._account.profile.jid or "@" not in feed.service

    async def _ask(self, pane: "TimelinePane | DraftPane", feed: Feed) -> None:
        try:
            pane.readers = whom(self._account, *await self.access(feed))
        except UnknownItem:
            # Who publishes there makes it so.
            pane.readers = whom(self._account, "open", ()) if is_draft(pane) else ""
        except (BackendError, LinkError) as error:
            log.debug("nobody says whom a blog is for: %s", error)
            pane.readers = ""
        self._state.changed(Area.BLOGS)

    async def access(self, feed: Feed) -> tuple[str, Sequence[str]]:
        """Return whom a blog is for, and who is named for that, which is known from then on."""
        model, members = await self.calls.access(*feed)
        self._account.of(KnownReaders).note(feed, model, members)
        return model, members

    def ask_again(self, feed: Feed) -> None:
        """Have panes of a blog show whom it is for now."""
        for pane in self._of(feed):
            pane.asks_readers = True
        self._state.changed(Area.BLOGS)

    def reload(self, feed: Feed) -> None:
        """Have panes of a blog be read anew."""
        for pane in self._of(feed):
            if is_timeline(pane):
                pane.reload()
        self._state.changed(Area.BLOGS)

    def _of(self, feed: Feed) -> Iterator["TimelinePane | DraftPane"]:
        for pane in (each for trail in self._state.layout.trails for each in trail.panes()):
            if (is_timeline(pane) or is_draft(pane)) and self._blog_of(pane) == feed:
                yield pane
