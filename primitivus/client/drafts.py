"""Keeping what is typed as drafts at the backend, where other frontends and later ones find it."""

import asyncio
import logging
from collections.abc import Hashable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from primitivus.client.part import Part
from primitivus.model.accounts.account import Account
from primitivus.model.messages.draft import Drafted, Said
from primitivus.model.state import State

log = logging.getLogger(__name__)

Key = TypeVar("Key", bound=Hashable)

# Long enough for few calls while one types, short enough to lose little.
DELAY_S = 1.0
# Who leaves waits so long for the rest to be saved.
PARTING_S = 1.0


class Keeper(Part, Generic[Key, Said]):
    """Saves drafts a moment after the last key, and at once where that matters.

    `Key`: to whom or what something is said.
    """

    def __init__(self, state: State, tasks: Tasks) -> None:
        self._state = state
        self._tasks = tasks
        self._timers: dict[Key, asyncio.TimerHandle] = {}

    def typed(self) -> Mapping[Key, Drafted[Said]]:
        """Return where something may be typed."""
        raise NotImplementedError

    async def keep(self, key: Key, said: Said, id: str) -> None:
        """Have the backend keep this, by an id of its own."""
        raise NotImplementedError

    def edited(self, key: Key) -> None:
        """Save a draft soon."""
        if key not in self._timers:
            loop = asyncio.get_running_loop()
            self._timers[key] = loop.call_later(DELAY_S, self.left, key)

    def left(self, key: Key) -> None:
        """Save a draft now, without waiting for it to be done."""
        self._forget(key)
        typed = self.typed().get(key)
        if typed is not None and typed.has_unsaved_draft:
            self._tasks.start(self.save(key), name="save draft")

    async def save(self, key: Key) -> None:
        """Save a draft, if it is not what the backend has."""
        self._forget(key)
        typed = self.typed().get(key)
        if typed is None or not typed.has_unsaved_draft or not self._state.is_attached:
            return
        draft, said = typed.draft, typed.drafted
        id, is_taken = draft.begin(said), False
        try:
            await self.keep(key, said, id)
            is_taken = True
        except (BackendError, LinkError) as error:
            # The text is in the input still; it is saved with the next key or at the next attach.
            log.info("a draft was not saved: %s", error)
        finally:
            draft.end(is_taken=is_taken)

    async def unsaved(self) -> list[Key]:
        """Return to whom something is typed that the backend doesn't take, given a moment."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_S):
                await self.save_all()
        return [
            key
            for key, typed in self.typed().items()
            if typed.has_unsaved_draft and not typed.is_blank
        ]

    async def attached(self) -> None:
        await self.save_all()

    async def farewell(self) -> None:
        await self.save_all()

    async def save_all(self) -> None:
        """Save what is unsaved."""
        for key in list(self.typed()):
            await self.save(key)

    def forget(self) -> None:
        for typed in self.typed().values():
            typed.forget()

    def stop(self) -> None:
        for key in list(self._timers):
            self._forget(key)

    def _forget(self, key: Key) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()


class Drafts(Keeper[str, str]):
    """Keeps what is typed in conversations, by with whom each is."""

    def __init__(self, messages: Messages, state: State, account: Account, tasks: Tasks) -> None:
        super().__init__(state, tasks)
        self._messages = messages
        self._account = account

    def typed(self) -> Mapping[str, Drafted[str]]:
        return self._account.chats

    async def keep(self, key: str, said: str, id: str) -> None:
        await self._messages.set_draft(key, said, id=id)
