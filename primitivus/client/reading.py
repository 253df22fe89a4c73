"""Marking as read what was on the screen."""

import asyncio
import logging
from dataclasses import dataclass, field

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import MESSAGES
from backendd.api.tasks import Tasks
from primitivus.client.caller import Caller
from primitivus.model.state import State

log = logging.getLogger(__name__)

# In a flood one mark for many messages; still before anyone has looked up.
PAUSE_S = 0.3
# After an error that may last.
AGAIN_S = 3.0


@dataclass
class Reading:
    """Marks one conversation at a time, one call at a time."""

    caller: Caller
    state: State
    tasks: Tasks
    _marked: dict[str, int] = field(default_factory=dict)
    _is_busy: bool = False

    def shown(self, peer: str, last: int) -> None:
        """Note that all messages up to `last` have been drawn on the focused screen."""
        if self._is_busy or not self._is_news(peer, last):
            return
        self._is_busy = True
        self.tasks.start(self._mark(peer, last), name="mark read")

    def forget(self) -> None:
        """Begin anew, after attaching."""
        self._marked.clear()

    def _is_news(self, peer: str, last: int) -> bool:
        record = self.state.account.conversations.get(peer)
        if not last or record is None or not record.unread or not self.state.is_attached:
            return False
        if self.state.account.chat_with(peer).is_read_held:
            return False
        window = self.state.account.chat_with(peer).window
        unread = window.index(record.first_unread)
        if record.first_unread and unread < 0 and not window.newer:
            # Reading goes on where it stopped, which is further up than what is held.
            unread = 0
        return self._marked.get(peer) != last and 0 <= unread <= window.index(last)

    async def _mark(self, peer: str, last: int) -> None:
        self._marked[peer] = last
        try:
            await self.caller.call(MESSAGES, "MarkRead", peer, last, {})
            await asyncio.sleep(PAUSE_S)
        except (BackendError, LinkError) as error:
            log.info("not marked as read: %s", error)
            self._marked.pop(peer, None)
            await asyncio.sleep(AGAIN_S)
        finally:
            self._is_busy = False
        again = self.state.view.place.peer == peer and self.state.is_looked_at
        if again:
            self.shown(peer, self.state.account.chat_with(peer).shown_last)
