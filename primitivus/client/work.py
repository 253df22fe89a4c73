"""What is done for one account: calls of its interfaces, and the parts that follow it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from backendd.api.contract import Messages, Profile, Roster
from backendd.api.link import Signal
from primitivus.client.drafts import Drafts
from primitivus.client.pages import Pages
from primitivus.client.part import Access, Part
from primitivus.client.parts import PARTS
from primitivus.client.reading import Reading
from primitivus.client.sending import Sending
from primitivus.client.snapshot import Snapshot
from primitivus.client.sync import Sync
from primitivus.client.typing import Typing
from primitivus.model.attention import is_looked_at

P = TypeVar("P", bound=Part)


class AccountWork:
    """The parts of one account, put together; what a feature does for it is found by `part`.

    `messages`, `roster` and `profile` are its interfaces on the bus.
    """

    def __init__(self, access: Access) -> None:
        state, account, tasks = access.state, access.account, access.tasks
        self._state = state
        self.messages = access.interface(Messages)
        self.roster = access.interface(Roster)
        self.profile = access.interface(Profile)
        self.pages = Pages(self.messages, state, account, tasks)
        self.reading = Reading(self.messages, state, account, tasks)
        self.drafts = Drafts(self.messages, state, account, tasks)
        self.typing = Typing(self.messages, tasks)
        self.sending = Sending(self.messages, state, account, tasks)
        sync = Sync(state, account)
        snapshot = Snapshot(self.messages, state, account, sync, self.pages)
        self._parts: tuple[Part, ...] = (
            *(sync, snapshot, self.pages, self.reading, self.typing, self.sending, self.drafts),
            *(make(access) for make in PARTS),
        )
        self._handlers: defaultdict[tuple[str, str], list[Callable[..., None]]] = defaultdict(list)
        for part in self._parts:
            for signal, handler in part.signals().items():
                self._handlers[signal].append(handler)

    def part(self, kind: type[P]) -> P:
        """Return the part of this class that a feature takes here; LookupError."""
        for each in self._parts:
            if isinstance(each, kind):
                return each
        raise LookupError(f"no part of an account is a {kind.__name__}")

    def drawn(self) -> None:
        """Mark as read what is seen now, and begin to load what the panes in view want."""
        if is_looked_at(self._state):
            for part in self._parts:
                part.looked_at()
        for pane in self._state.layout.seen():
            for part in self._parts:
                part.fill(pane)

    def _hear(self, signal: Signal) -> None:
        # What nobody hears of is of a later version.
        for handler in self._handlers.get((signal.interface, signal.member), ()):
            handler(*signal.args)

    async def _fetch(self) -> None:
        # All asked at once, but what fills the screen first.
        await asyncio.gather(*(part.fetch() for part in self._parts))

    async def _after_attaching(self) -> None:
        for part in self._parts:
            await part.attached()

    def _forget(self) -> None:
        for part in self._parts:
            part.forget()

    async def _see_off(self) -> None:
        for part in self._parts:
            await part.farewell()

    def lost(self) -> None:
        """Take note that the backend is gone."""
        for part in self._parts:
            part.lost()

    def _stop_parts(self) -> None:
        for part in self._parts:
            part.stop()
