"""Asking the backend for messages by their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from backendd.api.names import MESSAGES
from backendd.api.records import Hit
from backendd.api.wire import from_wire
from primitivus.client.caller import Caller

# As many as one looks through before one types another word.
MOST = 200


@dataclass
class Search:
    """Finds what the backend has stored."""

    caller: Caller
    most: int = MOST

    async def find(self, query: str, *, peer: str = "", before: int = 0) -> Sequence[Hit]:
        """Return messages that have all words of `query`, those stored last first.

        `peer`: only of this conversation; `before`: only those with a lower id. At most `MOST`.
        """
        options: dict[str, object] = {"limit": self.most}
        if peer:
            options["peer"] = peer
        if before:
            options["before"] = before
        found = await self.caller.call(MESSAGES, "Search", query, options)
        return [from_wire(Hit, each) for each in found]
