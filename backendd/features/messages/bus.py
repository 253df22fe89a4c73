"""The Messages interface, but for typing."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Unpack

from backendd.api import records
from backendd.api.contract.messages import ConversationChanges
from backendd.api.errors import InvalidArgument
from backendd.api.words import UnsentState
from backendd.core.messages import MessagesChanged
from backendd.features.messages.conversations import Conversations
from backendd.features.messages.service import Further, Messages
from backendd.features.messages.unsent import Refused, Unsent
from backendd.session import addressing
from backendd.session.home import Home
from backendd.store import pages

log = logging.getLogger(__name__)

PAGE = 50
LARGEST_PAGE = 500
CHANGES = 200
UNSENT = 200


class MessagesMembers:
    """What callers see of `Messages`, `Unsent` and `Conversations`."""

    def __init__(
        self, home: Home, service: Messages, unsent: Unsent, conversations: Conversations
    ) -> None:
        self._home = home
        self._messages = service
        self._unsent = unsent
        self._conversations = conversations

    async def send(
        self,
        peer: str,
        body: str,
        *,
        token: str = "",
        clear_draft: bool = False,
        draft: str = "",
        encryption: str = "",
        further: Further,
    ) -> int:
        return await self._messages.send(
            await addressing.addressee(self._home, peer),
            body,
            token=token,
            clear_draft=clear_draft,
            draft=draft,
            encryption=encryption,
            further=further,
        )

    async def list(
        self,
        peer: str,
        *,
        before: int = 0,
        after: int = 0,
        around: int = 0,
        time: int = 0,
        limit: int = PAGE,
    ) -> tuple[Sequence[records.Message], dict[str, Any]]:
        _check_limit(limit)
        given = {"before": before, "after": after, "around": around, "time": time}
        anchors = {key: value for key, value in given.items() if value}
        if len(anchors) > 1:
            raise InvalidArgument("only one of before, after, around and time can be given")
        whom = await addressing.conversation(self._home, peer)
        page, older = await self._messages.list(whom, anchors, limit)
        return page.messages, {"older": older, "gap": bool(page.gaps)}

    async def get(self, id: int) -> records.Message:
        return await self._messages.get(id)

    async def changes(
        self, since: int, *, limit: int = CHANGES
    ) -> tuple[Sequence[records.Message], dict[str, Any]]:
        _check_limit(limit)
        return await self._messages.changes(since, limit)

    async def wait(self, peer: str, after_id: int, timeout_ms: int) -> Sequence[records.Message]:
        return await _Waiter(self._home, await self._of(peer)).wait(after_id, timeout_ms / 1000)

    async def unsent(
        self, *, peer: str = "", state: UnsentState | None = None, limit: int = UNSENT
    ) -> Sequence[records.Message]:
        _check_limit(limit)
        return await self._unsent.list(await self._of(peer), state, limit)

    async def conversations(self) -> Sequence[records.Conversation]:
        return await self._conversations.list()

    async def mark_read(self, peer: str, up_to: int) -> None:
        whom = await addressing.conversation(self._home, peer)
        await self._messages.mark_read(whom.jid, up_to)

    async def mark_unread(self, peer: str, from_: int) -> None:
        whom = await addressing.conversation(self._home, peer)
        await self._messages.mark_unread(whom.jid, from_)

    async def set_draft(self, peer: str, text: str, *, id: str = "") -> None:
        whom = await addressing.conversation(self._home, peer)
        await self._conversations.set_draft(whom, text, id)

    async def retry(self, id: int) -> None:
        await self._unsent.retry(id)

    async def retry_failed(
        self, peer: str, *, ids: Sequence[int] | None = None
    ) -> tuple[int, Sequence[Refused]]:
        return await self._unsent.retry_failed(await self._of(peer), ids)

    async def discard(self, id: int) -> None:
        await self._unsent.discard(id)

    async def discard_failed(self, peer: str, *, ids: Sequence[int] | None = None) -> int:
        return await self._unsent.discard_failed(await self._of(peer), ids)

    async def set_conversation(self, peer: str, **changes: Unpack[ConversationChanges]) -> None:
        await self._conversations.change(await addressing.conversation(self._home, peer), changes)

    async def open(self, peer: str) -> str:
        whom = await addressing.correspondent(self._home, peer)
        await self._conversations.open(whom)
        return whom.jid

    async def close(self, peer: str) -> None:
        whom = await addressing.conversation(self._home, peer)
        await self._conversations.close(whom.jid)

    async def _of(self, peer: str) -> str:
        """Return whose conversation is meant; empty: all of them. InvalidJid."""
        return (await addressing.conversation(self._home, peer)).jid if peer else ""


def _check_limit(limit: int) -> None:
    if not 0 < limit <= LARGEST_PAGE:
        raise InvalidArgument(f"limit has to be 1 to {LARGEST_PAGE}")


class _Waiter:
    """Waits until an incoming message above an id is stored."""

    def __init__(self, home: Home, peer: str) -> None:
        self._home = home
        self._peer = peer
        self._stored = asyncio.Event()

    async def wait(self, after_id: int, timeout_s: float) -> Sequence[records.Message]:
        """Return the messages; none when the time is over."""
        end = self._home.events.subscribe(MessagesChanged, self._on_changed)
        try:
            if after_id < 0:
                after_id = await self._home.store.read(pages.newest_id)
            # The first look is not cut short: without time to wait it is all there is.
            found = await self._find(after_id)
            if not found:
                async with asyncio.timeout(timeout_s):
                    found = await self._await(after_id)
        except TimeoutError:
            return []
        else:
            return found
        finally:
            end()

    def _on_changed(self, event: MessagesChanged) -> None:
        self._stored.set()

    async def _await(self, after_id: int) -> Sequence[records.Message]:
        while True:
            await self._stored.wait()
            self._stored.clear()
            found = await self._find(after_id)
            if found:
                return found

    async def _find(self, after_id: int) -> Sequence[records.Message]:
        return await self._home.store.read(
            lambda view: pages.incoming_above(view, self._peer, after_id, CHANGES)
        )
