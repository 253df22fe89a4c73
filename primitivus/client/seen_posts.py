"""Posts that are seen, and so read: the backend is told of many in one call."""

import asyncio
import logging
from collections.abc import Callable, Iterable

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Entry
from backendd.api.tasks import Tasks
from primitivus.client.reading import AGAIN_S
from primitivus.model.attention import is_looked_at
from primitivus.model.blogs.blogs import Feed, feed_of
from primitivus.model.blogs.posts import key_of
from primitivus.model.state import State

log = logging.getLogger(__name__)

# Many that are seen one after the other are one call, while that lasts.
_PAUSE_S = 0.3


class SeenPosts:
    """Has those of one account be read; `look` has it told again what is seen now."""

    def __init__(self, calls: Blog, state: State, tasks: Tasks, look: Callable[[], None]) -> None:
        self._calls = calls
        self._state = state
        self._tasks = tasks
        self._look = look
        # Those that were not told to be read yet, and those that were.
        self._seen: dict[str, Entry] = {}
        self._marked: set[str] = set()
        self._is_marking = False

    def see(self, entry: Entry | None) -> None:
        """Have an entry be read soon, if it is unread and that wasn't told already."""
        if entry is None or not entry.unread or not self._state.is_attached:
            return
        if key_of(entry) in self._marked:
            return
        self._marked.add(key_of(entry))
        self._seen[key_of(entry)] = entry
        if not self._is_marking:
            self._is_marking = True
            self._tasks.start(self._mark_seen(), name="mark posts read")

    def hear(self, told: Iterable[Entry]) -> None:
        """Take note of entries as they are now: those that are read may be unread once more."""
        self._marked.difference_update(key_of(each) for each in told if not each.unread)

    def forget(self) -> None:
        """Take nothing for told: there is another backend."""
        self._marked.clear()

    async def _mark_seen(self) -> None:
        try:
            while self._seen:
                seen, self._seen = self._seen, {}
                try:
                    await self.mark_read(seen.values())
                    await asyncio.sleep(_PAUSE_S)
                except (BackendError, LinkError) as error:
                    log.info("posts are not marked as read: %s", error)
                    await asyncio.sleep(AGAIN_S)
                    self._marked.difference_update(seen)
        finally:
            self._is_marking = False
        if is_looked_at(self._state):
            self._look()

    async def mark_read(self, entries: Iterable[Entry]) -> None:
        """Have entries be read."""
        ids: dict[Feed, list[str]] = {}
        for each in entries:
            ids.setdefault(feed_of(each), []).append(each.id)
        for feed, some in ids.items():
            await self._calls.mark_read(feed.service, feed.node, some)
