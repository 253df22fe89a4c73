"""Asking the backend for messages by their words."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Hit
from backendd.api.tasks import Tasks
from primitivus.model.account import Account
from primitivus.model.area import Area
from primitivus.model.panes.search import Around, Found, SearchPane
from primitivus.model.state import State

log = logging.getLogger(__name__)

# As many as one looks through before one types another word.
MOST = 200
# The message that was found, and enough to have one on either side of it.
_AROUND = 4


@dataclass
class Search:
    """Finds what the backend has stored."""

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    most: int = MOST

    async def find(self, query: str, *, peer: str = "", before: int = 0) -> Sequence[Hit]:
        """Return messages that have all words of `query`, those stored last first.

        `peer`: only of this conversation; `before`: only those with a lower id. At most `MOST`.
        """
        return await self.messages.search(query, peer=peer, before=before, limit=self.most)

    def fill(self, pane: SearchPane) -> None:
        """Begin to load what stands around the messages in view."""
        for found in pane.wanted():
            if self.state.at(found.place) is not self.account:
                continue
            # At once, for another frame may come before the answer does.
            pane.around[found.key] = Around()
            self.tasks.start(self._look_around(pane, found), name="around what was found")

    async def _look_around(self, pane: SearchPane, found: Found) -> None:
        place, message_id = found.key
        try:
            messages, _ = await self.messages.list(place.peer, limit=_AROUND, around=message_id)
        except (BackendError, LinkError) as error:
            log.info("what stands around a message was not told: %s", error)
            return
        at = [each.id for each in messages].index(message_id)
        before = messages[at - 1] if at else None
        after = messages[at + 1] if at + 1 < len(messages) else None
        pane.around[found.key] = Around(before, after)
        self.state.changed(Area.VIEW)
