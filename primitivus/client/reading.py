"""Marking as read what was on the screen."""

import asyncio
import logging

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from backendd.api.values import Mutable, field
from primitivus.client.part import Part
from primitivus.model.account import Account
from primitivus.model.attention import is_looked_at
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.state import State

log = logging.getLogger(__name__)

# In a flood one mark for many messages; still before anyone has looked up.
PAUSE_S = 0.3
# After an error that may last.
AGAIN_S = 3.0


class Reading(Mutable, Part):
    """Marks one conversation at a time, one call at a time."""

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    _marked: dict[str, int] = field(default_factory=dict)
    _is_busy: bool = False

    def looked_at(self) -> None:
        for pane in self.state.layout.conversations_seen():
            last = pane.seen()
            is_ours = self.state.at(pane.place) is self.account
            if is_ours and not self._is_busy and self._is_news(pane, last):
                self._is_busy = True
                self.tasks.start(self._mark(pane.place.peer, last), name="mark read")

    async def attached(self) -> None:
        self._marked.clear()  # begin anew

    def _is_news(self, pane: ConversationPane, last: int) -> bool:
        record = self.account.conversations.get(pane.place.peer)
        if not last or record is None or not record.unread or not self.state.is_attached:
            return False
        if pane.chat.is_read_held:
            return False
        window = pane.window
        unread = window.index(record.first_unread)
        if record.first_unread and unread < 0 and not window.newer:
            # Reading goes on where it stopped, which is further up than what is held.
            unread = 0
        return self._marked.get(pane.place.peer) != last and 0 <= unread <= window.index(last)

    async def _mark(self, peer: str, last: int) -> None:
        self._marked[peer] = last
        try:
            await self.messages.mark_read(peer, last)
            await asyncio.sleep(PAUSE_S)
        except (BackendError, LinkError) as error:
            log.info("not marked as read: %s", error)
            self._marked.pop(peer, None)
            await asyncio.sleep(AGAIN_S)
        finally:
            self._is_busy = False
        if is_looked_at(self.state):
            self.looked_at()
