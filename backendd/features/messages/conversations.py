"""Conversations of one profile: the list of them, and how each behaves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backendd.api import records
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.core import clock, text
from backendd.core.messages import BODY_LIMIT
from backendd.session.home import Home
from backendd.store import conversations
from backendd.store.ledger import Ledger

NOTIFY = ("all", "mentions", "none")


class Conversations:
    """What callers can do with conversations."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def list(self) -> Sequence[records.Conversation]:
        """Return the open ones, pinned first, then the most recent."""
        found = await self._home.store.read(
            lambda db: conversations.listed(db, self._home.profile.id)
        )
        typing = self._home.typing
        return [replace(each, typing=typing.of(each.peer)) for each in found]

    async def open(self, peer: str) -> None:
        """Have a conversation with `peer`."""
        await self._change(peer, active=clock.now_us(), opens=True)

    async def close(self, peer: str) -> None:
        """Take a conversation off the list; nothing happens if it is not there."""

        def work(ledger: Ledger) -> None:
            conversation_id = conversations.find(ledger.db, ledger.profile_id, peer)
            if conversation_id is not None:
                conversations.change(ledger, conversation_id, is_open=0)

        await self._home.store.write(work)

    async def set_draft(self, peer: str, draft: str) -> None:
        """Keep a draft; an empty one removes it."""
        draft = text.clean(draft)
        if len(draft) > BODY_LIMIT:
            raise TooLarge(f"the draft is too long: {len(draft)} of {BODY_LIMIT} characters")
        await self._change(peer, opens=bool(draft), draft=draft)

    async def change(self, peer: str, changes: Mapping[str, Any]) -> None:
        """Change how a conversation behaves."""
        if changes.get("notify", "all") not in NOTIFY:
            raise InvalidArgument(f"notify is one of {', '.join(NOTIFY)}")
        await self._change(peer, **changes)

    async def _change(
        self, peer: str, *, active: int = 0, opens: bool = False, **columns: object
    ) -> None:
        def work(ledger: Ledger) -> None:
            if opens:
                conversation_id = conversations.ensure(ledger, peer, active=active)
            else:
                conversation_id = conversations.ensure_closed(ledger, peer)
            conversations.change(ledger, conversation_id, **columns)

        await self._home.store.write(work)
