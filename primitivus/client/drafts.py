"""Keeping what is typed as a draft at the backend, where other frontends and later ones find it."""

import asyncio
import logging
from contextlib import suppress

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from backendd.api.values import Mutable, field
from primitivus.client.part import Part
from primitivus.model.account import Account
from primitivus.model.state import State

log = logging.getLogger(__name__)

# Long enough for few calls while one types, short enough to lose little.
DELAY_S = 1.0
# Who leaves waits so long for the rest to be saved.
PARTING_S = 1.0


class Drafts(Mutable, Part):
    """Saves drafts a moment after the last key, and at once where that matters."""

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    _timers: dict[str, asyncio.TimerHandle] = field(default_factory=dict)

    def edited(self, peer: str) -> None:
        """Save the draft of `peer` soon."""
        if peer not in self._timers:
            loop = asyncio.get_running_loop()
            self._timers[peer] = loop.call_later(DELAY_S, self.left, peer)

    def left(self, peer: str) -> None:
        """Save the draft of `peer` now, without waiting for it to be done."""
        self._forget(peer)
        chat = self.account.chats.get(peer)
        if chat is not None and chat.has_unsaved_draft:
            self.tasks.start(self.save(peer), name="save draft")

    async def save(self, peer: str) -> None:
        """Save the draft of `peer`, if it is not what the backend has."""
        self._forget(peer)
        chat = self.account.chats.get(peer)
        if chat is None or not chat.has_unsaved_draft or not self.state.is_attached:
            return
        text = chat.drafted
        chat.draft.begin(text)
        is_taken = False
        try:
            await self.messages.set_draft(peer, text)
            is_taken = True
        except (BackendError, LinkError) as error:
            # The text is in the input still; it is saved with the next key or at the next attach.
            log.info("a draft was not saved: %s", error)
        finally:
            chat.draft.end(is_taken=is_taken)

    async def unsaved(self) -> list[str]:
        """Return to whom something is typed that the backend doesn't take, given a moment."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_S):
                await self.save_all()
        return [
            peer
            for peer, chat in self.account.chats.items()
            if chat.has_unsaved_draft and chat.drafted.strip()
        ]

    async def attached(self) -> None:
        await self.save_all()

    async def farewell(self) -> None:
        await self.save_all()

    async def save_all(self) -> None:
        """Save what is unsaved."""
        for peer in list(self.account.chats):
            await self.save(peer)

    def stop(self) -> None:
        for peer in list(self._timers):
            self._forget(peer)

    def _forget(self, peer: str) -> None:
        timer = self._timers.pop(peer, None)
        if timer is not None:
            timer.cancel()
