"""Marking as read what was on the screen."""

import asyncio
import logging

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from backendd.api.values import Mutable, field
from primitivus.client.part import Part
from primitivus.model.accounts.account import Account
from primitivus.model.attention import is_looked_at
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.state import State

log = logging.getLogger(__name__)

# In a flood one mark for many messages; still before anyone has looked up.
PAUSE_S = 0.3
# After an error that may last.
AGAIN_S = 3.0


class Reading(Mutable, Part):
    """Marks one conversation at a time, one call at a time, whatever is in view by then."""

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    # Up to which message each conversation is to be marked.
    _due: dict[str, int] = field(default_factory=dict)
    _is_busy: bool = False

    def looked_at(self) -> None:
        for pane in self.state.layout.conversations_seen():
            # What shows while one is about to be elsewhere is gone before anybody has read it.
            counts = not pane.unread.sought and not pane.chat.is_read_held
            if counts and self.state.at(pane.place) is self.account:
                pane.chat.seen.add(pane.viewport)
                self._note(pane)
        if self._due and not self._is_busy:
            self._is_busy = True
            self.tasks.start(self._mark_due(), name="mark read")

    async def attached(self) -> None:
        for each in self.account.chats.values():
            each.marked_to = 0  # begin anew

    async def farewell(self) -> None:
        """Mark what was seen a moment ago."""
        while self._due:
            await self.messages.mark_read(*self._due.popitem())

    def _note(self, pane: ConversationPane) -> None:
        """Have all be marked that was seen from where reading stopped on, with nothing left out."""
        peer = pane.place.peer
        record = self.account.conversations.get(peer)
        if record is None or not record.unread or not self.state.is_attached:
            return
        last, _ = pane.chat.seen.progress(pane.window, record.first_unread)
        if last and pane.chat.marked_to != last:
            self._due[peer] = pane.chat.marked_to = last

    async def _mark_due(self) -> None:
        try:
            while self._due:
                peer, last = self._due.popitem()
                await self.messages.mark_read(peer, last)
                await asyncio.sleep(PAUSE_S)
        except (BackendError, LinkError) as error:
            log.info("not marked as read: %s", error)
            self.account.chat_with(peer).marked_to = 0
            await asyncio.sleep(AGAIN_S)
        finally:
            self._is_busy = False
        if is_looked_at(self.state):
            self.looked_at()
