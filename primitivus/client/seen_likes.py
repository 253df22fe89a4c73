"""Likes of what the user wrote that are seen: the backend is told once."""

import asyncio
import logging
from collections.abc import Callable

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Discussion
from backendd.api.tasks import Tasks
from primitivus.client.reading import AGAIN_S
from primitivus.model.attention import is_looked_at
from primitivus.model.state import State

log = logging.getLogger(__name__)


class SeenLikes:
    """Has those of one account be seen; `look` has it told again what is seen now."""

    def __init__(self, calls: Blog, state: State, tasks: Tasks, look: Callable[[], None]) -> None:
        self._calls = calls
        self._state = state
        self._tasks = tasks
        self._look = look
        # As of which revision it was told that they are seen, by the link to what is liked.
        self._told: dict[str, int] = {}

    def see(self, liked: Discussion) -> None:
        """Have it be seen who has come to like this, unless that was told already."""
        if not liked.new_likes or self._told.get(liked.uri, -1) >= liked.revision:
            return
        self._told[liked.uri] = liked.revision
        self._tasks.start(self._tell(liked), name="see likes")

    def forget(self) -> None:
        """Take nothing for told: there is another backend."""
        self._told.clear()

    async def _tell(self, liked: Discussion) -> None:
        try:
            await self._calls.see_likes(liked.service, liked.node, [liked.id])
        except (BackendError, LinkError) as error:
            log.info("likes are not told to be seen: %s", error)
            await asyncio.sleep(AGAIN_S)
            self._told.pop(liked.uri, None)
            if is_looked_at(self._state):
                self._look()
