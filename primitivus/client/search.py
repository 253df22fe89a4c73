"""Asking the backend for messages by their words."""

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import MESSAGES
from backendd.api.records import Hit
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.panes.kinds import is_search
from primitivus.model.panes.pane import Pane
from primitivus.model.search.wanted import EVERYWHERE, Narrowed

if TYPE_CHECKING:
    from primitivus.model.panes.search import Found, SearchPane

log = logging.getLogger(__name__)

# As many as one looks through before one types another word.
MOST = 200
# The message that was found, and enough to have one on either side of it.
_AROUND = 4


class Search(Part):
    """Finds what the backend has stored, at most `most` messages at once."""

    def __init__(self, access: Access) -> None:
        self.most = MOST
        self._messages = access.interface(Messages)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    async def find(
        self, query: str, where: Narrowed = EVERYWHERE, *, before: int = 0, limit: int = 0
    ) -> Sequence[Hit]:
        """Return messages that have all words of `query`, those stored last first.

        `before`: only those with a lower id; `limit`: fewer.
        """
        return await self._messages.search(
            query,
            peer=where.peer,
            sender=where.sender,
            since=where.since,
            until=where.until,
            before=before,
            limit=limit or self.most,
        )

    async def find_in(self, peer: str, query: str, *, before: int = 0) -> Sequence[Hit]:
        """Return messages of a conversation that have them, the last of it first.

        `before`: only those that stand before this one.
        """
        return await self._messages.search(
            query, peer=peer, in_order=True, before=before, limit=self.most
        )

    def signals(self) -> Handlers:
        return {(MESSAGES, "Changed"): self._changed}

    def _changed(self, peer: str, records: Sequence[Mapping[str, Any]]) -> None:
        place = self._account.place(peer)
        gone = {(place, each["id"]) for each in records if each.get("retracted")}
        for pane in self._state.layout.mains() if gone else ():
            if is_search(pane):
                pane.drop(gone)

    def fill(self, pane: Pane) -> None:
        """Begin to load what stands around the messages in view."""
        if not is_search(pane):
            return
        for found in pane.wanted():
            if self._state.at(found.place) is not self._account:
                continue
            # At once, for another frame may come before the answer does.
            pane.stands_around(found)
            self._tasks.start(self._look_around(pane, found), name="around what was found")

    async def _look_around(self, pane: "SearchPane", found: "Found") -> None:
        place, message_id = found.key
        try:
            messages, _ = await self._messages.list(place.peer, limit=_AROUND, around=message_id)
        except (BackendError, LinkError) as error:
            log.info("what stands around a message was not told: %s", error)
            return
        at = [each.id for each in messages].index(message_id)
        before = messages[at - 1] if at else None
        after = messages[at + 1] if at + 1 < len(messages) else None
        pane.stands_around(found, before, after)
        self._state.changed(Area.VIEW)
