"""Messages of one profile: into the store from both sides, and out of it in pages."""

import logging
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from backendd.api import records
from backendd.api.errors import NotSupported, UnknownMessage
from backendd.api.tuples import NamedTuple
from backendd.api.words import Older
from backendd.core import clock, jid
from backendd.core.conversations import Peer, text_to
from backendd.core.messages import Sent, sendable
from backendd.features.messages import store
from backendd.session.home import Home
from backendd.store import conversations, message_drafts, pages, reading, saying
from backendd.store.ledger import Ledger
from backendd.store.pages import Page
from backendd.store.view import View

log = logging.getLogger(__name__)


Further = Callable[[Ledger, int], None]
"""Hands the options that other features have of Send on to them, with the id that it got."""


class _ToSend(NamedTuple):
    """What a caller wants to say."""

    whom: Peer
    body: str
    message_id: str
    token: str
    clear_draft: bool
    draft: str
    further: Further


class Messages:
    """What callers can do with messages."""

    def __init__(self, home: Home) -> None:
        self._home = home

    # -- out

    async def send(
        self,
        whom: Peer,
        body: str,
        *,
        token: str,
        clear_draft: bool,
        draft: str,
        encryption: str,
        further: Further,
    ) -> int:
        """Return the id of a message that is stored in the outbox now, if it wasn't before."""
        if encryption not in ("", "none"):
            raise NotSupported(f"this version can't encrypt messages with {encryption!r}")
        new = _ToSend(whom, sendable(body), str(uuid.uuid4()), token, clear_draft, draft, further)
        row_id = await self._home.store.write(lambda ledger: self._send(ledger, new))
        self._home.events.publish(Sent(whom.jid))
        return row_id

    def _send(self, ledger: Ledger, new: _ToSend) -> int:
        now, whom = clock.now_us(), new.whom
        known = store.load(ledger, new.token, now) if new.token else None
        row_id = known or message_drafts.said(ledger, whom, new.draft, new.body, now)
        if row_id is None:
            row_id = self._add(ledger, new, now)
        if new.token and known is None:
            store.save(ledger, new.token, row_id, now)
        # Whoever asks again may have kept it again meanwhile.
        if new.draft:
            message_drafts.end(ledger, whom, new.draft, new.body, row_id, now)
        if new.clear_draft:
            message_drafts.keep(ledger, conversations.ensure_closed(ledger, whom), "")
        return row_id

    def _add(self, ledger: Ledger, new: _ToSend, now: int) -> int:
        whom = new.whom
        self._home.permit(ledger, whom)
        row_id, _ = saying.add(ledger, whom, self._home.own, new.body, new.message_id, now)
        new.further(ledger, row_id)
        saying.queue(ledger, whom, text_to(whom, new.body, new.message_id), now, row_id)
        return row_id

    # -- pages

    async def get(self, message_id: int) -> records.Message:
        """Return a message; UnknownMessage."""
        message = await self._home.store.read(lambda view: pages.get(view, message_id))
        if message is None:
            raise UnknownMessage(f"there is no message {message_id}")
        return message

    async def list(self, whom: Peer, anchors: dict[str, int], limit: int) -> tuple[Page, Older]:
        """Return a page of a conversation, and where lies what is before it.

        `anchors`: one of before, after, around, time, or none.
        """
        page = await self._home.store.read(lambda view: pages.page(view, whom.jid, anchors, limit))
        if page is None:
            raise UnknownMessage("this conversation has no such message")
        for message_id in page.gaps:
            self._home.fill_gap(whom, message_id)
        if page.has_older:
            return page, "local"
        return page, "end" if page.is_archive_done else self._home.fetch_older(whom)

    async def changes(
        self, since: int, limit: int
    ) -> tuple[Sequence[records.Message], dict[str, Any]]:
        """Return the messages changed since, and what else is to be known of that page."""

        def read(view: View) -> tuple[Sequence[records.Message], dict[str, Any]]:
            found, removed, revision, more = pages.changed_since(view, since, limit)
            page = {"removed": removed, "revision": revision, "more": more}
            return found, page | {"newest": pages.newest_id(view)}

        return await self._home.store.read(read)

    # -- reading

    async def mark_read(self, peer: str, up_to: int) -> None:
        """Mark all up to a message as read."""

        def work(ledger: Ledger) -> None:
            conversation_id, at = self._place(ledger, peer, up_to)
            newly = reading.mark_read(ledger, conversation_id, at)
            if not newly:
                return
            for part in self._home.parts:
                part.read(ledger, conversation_id, newly)

        await self._home.store.write(work)

    async def mark_unread(self, peer: str, first: int) -> None:
        """Mark a message and those after it as unread."""

        def work(ledger: Ledger) -> None:
            conversation_id, at = self._place(ledger, peer, first)
            reading.mark_unread(ledger, conversation_id, at)

        await self._home.store.write(work)

    def _place(self, ledger: Ledger, peer: str, message_id: int) -> tuple[int, tuple[int, int]]:
        conversation_id = conversations.find(ledger, peer)
        at = pages.place(ledger, conversation_id, message_id) if conversation_id else None
        if conversation_id is None or at is None:
            raise UnknownMessage(f"the conversation with {jid.shown(peer)} has no such message")
        return conversation_id, at
