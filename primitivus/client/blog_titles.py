"""What blogs of groups are called that are shown and not followed, as their services say."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Blogs, Feed, blog_of, is_comments
from primitivus.model.blogs.post_drafts import feed_of_draft
from primitivus.model.panes.kinds import is_draft, is_post, is_timeline
from primitivus.model.panes.pane import Pane

log = logging.getLogger(__name__)


class BlogTitlesPart(Part):
    """Asks what they are called as they come into view, each once: followed ones tell it.

    Of one that had no name then it is asked once more, as something comes from there: it may have
    been made since.
    """

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._asked: set[Feed] = set()
        # Of those that are being asked about, where something came from; and who is asked again.
        self._asking: dict[Feed, bool] = {}
        self._again: set[Feed] = set()

    def signals(self) -> Handlers:
        return {(BLOG, "Changed"): self._changed}

    async def attached(self) -> None:
        self._asked.clear()
        self._again.clear()

    def fill(self, pane: Pane) -> None:
        if self._state.at(pane.place) is self._account:
            self.ask(_shown(pane, self._account.profile.jid))

    def ask(self, shown: Iterable[Feed]) -> None:
        """Have it known what these blogs are called, as far as that isn't yet."""
        if not self._state.is_attached or self._account.profile.state != "online":
            return
        for feed in filter(self._is_nameless, shown):
            self._asked.add(feed)
            self._asking[feed] = False
            self._tasks.start(self._ask(feed), name="ask what a blog is called")

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        if not self._asked:
            return
        for feed in self._asked & {Feed(each["service"], each["node"]) for each in told}:
            if feed in self._asking:
                self._asking[feed] = True
            elif feed not in self._again:
                self._again.add(feed)
                self._asked.remove(feed)

    def _is_nameless(self, feed: Feed) -> bool:
        if feed in self._asked or "@" in feed.service or is_comments(feed.node):
            return False
        known = self._account.of(Blogs)
        is_followed = not known.are_known or known.get(feed) is not None
        return not is_followed and feed.key not in known.titles

    async def _ask(self, feed: Feed) -> None:
        title = ""
        try:
            title = (await self._calls.node(*feed)).title
        except (BackendError, LinkError) as error:
            log.debug("nobody says what a blog is called: %s", error)
        finally:
            has_news = self._asking.pop(feed, False)
        if title:
            self._account.of(Blogs).titles[feed.key] = title
            self._state.changed(Area.BLOGS)
        elif has_news and feed not in self._again:
            self._again.add(feed)
            self._asked.discard(feed)
            self._state.changed(Area.BLOGS)


def _shown(pane: Pane, own: str) -> Iterator[Feed]:
    """Yield the blogs that are in view; `own` is the address of the account."""
    if is_post(pane):
        yield Feed(pane.service, pane.node)
    elif is_draft(pane):
        yield feed_of_draft(pane.draft, own)
    elif is_timeline(pane):
        if pane.feed is not None:
            yield pane.feed
        yield from map(blog_of, pane.in_view())
