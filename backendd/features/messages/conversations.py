"""Conversations of one profile: the list of them, and how each behaves."""

from collections.abc import Sequence

from backendd.api import records, text
from backendd.api.contract.messages import ConversationChanges
from backendd.api.errors import TooLarge
from backendd.core import clock
from backendd.core.conversations import Behaviour, Peer
from backendd.core.messages import BODY_LIMIT
from backendd.session.home import Home
from backendd.store import conversations, message_drafts, peers, sent_drafts
from backendd.store.ledger import Ledger
from backendd.store.sent_drafts import LONGEST_ID


class Conversations:
    """What callers can do with conversations."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def list(self) -> Sequence[records.Conversation]:
        """Return the open ones, pinned first, then the most recent."""
        found = await self._home.store.read(conversations.listed)
        return list(map(self._home.with_live, found))

    async def open(self, whom: Peer) -> None:
        """Have a conversation with somebody, or in a room that is known but was never entered."""
        now = clock.now_us()

        def work(ledger: Ledger) -> None:
            is_room = whom.kind == "chat" and peers.is_room(ledger, whom.jid)
            conversations.ensure(ledger, Peer(whom.jid, "room") if is_room else whom, active=now)

        await self._home.store.write(work)

    async def close(self, peer: str) -> None:
        """Take a conversation off the list; nothing happens if it is not there."""

        def work(ledger: Ledger) -> None:
            conversation_id = conversations.find(ledger, peer)
            if conversation_id is not None:
                conversations.close(ledger, conversation_id)

        await self._home.store.write(work)

    async def set_draft(self, whom: Peer, draft: str, draft_id: str) -> None:
        """Keep a draft, by this id if one is given; an empty one removes it, as one sent already.

        Who keeps a draft may send it at once, and be heard with that first.
        """
        draft, draft_id = text.clean(draft), text.clean_line(draft_id, limit=LONGEST_ID)
        if len(draft) > BODY_LIMIT:
            raise TooLarge(f"the draft is too long: {len(draft)} of {BODY_LIMIT} characters")

        def work(ledger: Ledger) -> None:
            kept = "" if draft_id and sent_drafts.is_gone(ledger, whom.jid, draft_id) else draft
            if kept:
                conversation_id = conversations.ensure(ledger, whom, active=0)
            else:
                conversation_id = conversations.ensure_closed(ledger, whom)
            message_drafts.keep(ledger, conversation_id, kept, draft_id)

        await self._home.store.write(work)

    async def change(self, whom: Peer, changes: ConversationChanges) -> None:
        """Change how a conversation behaves."""
        behaviour = Behaviour(
            pinned=changes.get("pinned"),
            notify=changes.get("notify"),
            markers=changes.get("markers"),
            typing_out=changes.get("typing_out"),
        )

        def work(ledger: Ledger) -> None:
            conversation_id = conversations.ensure_closed(ledger, whom)
            conversations.behave(ledger, conversation_id, behaviour)
            for part in self._home.parts:
                part.behaves(ledger, conversation_id, behaviour)

        await self._home.store.write(work)
