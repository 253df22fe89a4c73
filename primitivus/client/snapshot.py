"""The state of a profile as a whole, fetched after attaching: what fills the screen first."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backendd.api.names import MESSAGES, ROSTER
from backendd.api.records import Contact, Conversation, Request
from backendd.api.wire import Variant, from_wire
from primitivus.client.caller import Caller
from primitivus.client.pages import Pages
from primitivus.client.sync import Sync
from primitivus.model.area import Area
from primitivus.model.state import State

CATCH_UP = 500
# More changes than that are slower to apply than to begin anew.
CATCH_UP_PAGES = 6


@dataclass
class Snapshot:
    """Fills the state; what signals told meanwhile wins by its revision."""

    caller: Caller
    state: State
    sync: Sync
    pages: Pages
    # What has to be done after each: repeat lost sends, save drafts.
    after: Callable[[], Awaitable[None]] | None = None
    _is_taken: bool = False

    async def take(self, *, is_other: bool) -> None:
        """Fetch everything; `is_other`: what was held is of other data and void."""
        if is_other:
            self._forget()
        # All asked at once, but what fills the screen first.
        await asyncio.gather(self._chats(), self._roster())
        self._is_taken = True
        if self.after is not None:
            await self.after()

    async def _chats(self) -> None:
        await self._conversations()
        await self._messages()

    async def _conversations(self) -> None:
        wire = await self.caller.call(MESSAGES, "Conversations", {})
        self.state.account.conversations.reset(from_wire(Conversation, each) for each in wire)
        self.state.begin(self.state.account, is_first=not self._is_taken)
        for pane in self.state.layout.conversations_seen():
            # What was told meanwhile, one has not seen.
            pane.follow(self.state.at(pane.place).conversation(pane.place.peer))
        self.sync.follow(self.state.account.conversations.listed())
        self.state.changed(Area.INPUT)

    async def _messages(self) -> None:
        if self._is_taken:
            await self._catch_up()
        for pane in self.state.layout.conversations_seen():
            await self.pages.open(pane)

    async def _catch_up(self) -> None:
        for _ in range(CATCH_UP_PAGES):
            options = {"limit": Variant("u", CATCH_UP)}
            records, page = await self.caller.call(
                MESSAGES, "Changes", self.state.account.revision, options
            )
            by_peer: dict[str, list[Mapping[str, Any]]] = {}
            for record in records:
                by_peer.setdefault(record.get("peer", ""), []).append(record)
            for peer, changed in by_peer.items():
                self.sync.messages_changed(peer, changed)
            for pane in self.state.layout.panes():
                pane.window.remove(page.get("removed", ()))
            self.state.account.revision = max(self.state.account.revision, page.get("revision", 0))
            if not page.get("more"):
                return
        self._forget_windows()

    async def _roster(self) -> None:
        contacts, requests = await asyncio.gather(
            self.caller.call(ROSTER, "List", {}), self.caller.call(ROSTER, "Requests", {})
        )
        self.state.account.roster.reset(
            [from_wire(Contact, each) for each in contacts],
            [from_wire(Request, each) for each in requests],
        )
        self.state.changed(Area.ROSTER, Area.REQUESTS)

    def _forget(self) -> None:
        self.state.account.revision = 0
        self._is_taken = False
        self.state.account.conversations.reset([])
        self.state.account.roster.reset([], [])
        self._forget_windows()

    def _forget_windows(self) -> None:
        for pane in self.state.layout.panes():
            pane.empty()
