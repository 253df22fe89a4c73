"""The conversations of a profile, fetched after attaching: what fills the screen first."""

import asyncio
from collections import defaultdict

from backendd.api.contract import Messages
from backendd.api.records import Message
from backendd.api.values import Mutable
from primitivus.client.pages import Pages
from primitivus.client.part import Part
from primitivus.client.sync import Sync
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.start import begin
from primitivus.model.state import State

CATCH_UP = 500
# More changes than that are slower to apply than to begin anew.
CATCH_UP_PAGES = 6
# No profile gets there: nothing has changed since, and the page says what the newest message is.
_NO_REVISION = 2**62


class Snapshot(Mutable, Part):
    """Fills an account; what signals told meanwhile wins by its revision."""

    messages: Messages
    state: State
    account: Account
    sync: Sync
    pages: Pages
    _is_taken: bool = False
    # What was known when the backend went: what is told since comes after what is caught up with.
    _since: int | None = None

    async def fetch(self) -> None:
        await self._chats()
        self._is_taken = True

    def lost(self) -> None:
        self._since = self.account.revision if self._since is None else self._since

    def forget(self) -> None:
        """Keep what is typed alone."""
        self._is_taken = False
        self._since = None
        self.account.revision = 0
        self.account.conversations.reset([])
        self._forget_messages()

    async def _chats(self) -> None:
        self.account.conversations.expect()
        if self._is_taken:
            self.account.conversations.reset(await self.messages.conversations())
        else:
            await self._first()
        begin(self.state, self.account, is_first=not self._is_taken)
        for pane in self._seen():
            # What was told meanwhile, one has not seen.
            pane.follow(self.account.conversation(pane.place.peer))
        self.sync.follow(self.account.conversations.listed())
        self.state.changed(Area.INPUT)
        if self._is_taken:
            await self._catch_up()
        for pane in self._seen():
            await self.pages.open(pane)

    async def _first(self) -> None:
        """Take the first snapshot, and note what of all that is told later is older than it."""
        records, (_, page) = await asyncio.gather(
            self.messages.conversations(), self.messages.changes(_NO_REVISION, limit=1)
        )
        self.account.conversations.reset(records)
        self.account.revision = max([self.account.revision, *(each.revision for each in records)])
        self.sync.begin_after(page.get("newest", 0))

    def _seen(self) -> list[ConversationPane]:
        seen = self.state.layout.conversations_seen()
        return [pane for pane in seen if self.state.at(pane.place) is self.account]

    async def _catch_up(self) -> None:
        since = self.account.revision if self._since is None else self._since
        for _ in range(CATCH_UP_PAGES):
            changed, page = await self.messages.changes(since, limit=CATCH_UP)
            by_peer: defaultdict[str, list[Message]] = defaultdict(list)
            for message in changed:
                by_peer[message.peer].append(message)
            for peer, messages in by_peer.items():
                self.sync.messages_changed(peer, messages)
            for pane in self._panes():
                pane.remove(page.get("removed", ()))
            since = max([since, page.get("revision", 0), *(each.revision for each in changed)])
            self.account.revision = max(self.account.revision, since)
            if not page.get("more"):
                break
        else:
            self._forget_messages()
        self._since = None

    def _forget_messages(self) -> None:
        for pane in self._panes():
            pane.empty()

    def _panes(self) -> list[ConversationPane]:
        panes = self.state.layout.panes()
        return [pane for pane in panes if self.state.at(pane.place) is self.account]
