"""Where words were found in one conversation."""

import asyncio
from collections.abc import Sequence

from backendd.api.records import Hit
from backendd.api.values import Mutable, field
from primitivus.model.messages.window import Key, key_of
from primitivus.model.search.found_words import begun
from primitivus.sentences import tr


class Matches(Mutable):
    """The messages that have the words: where they stand, the last of the conversation first.

    `query` is what was typed. `is_all`: there is none before the last of them in what is stored.
    `way` is 1 where one goes on to what was said before, -1: after. `is_shown`: the words are
    marked, until the search ends. `is_read_back`: the archive is, for more of them. One step at a
    time takes its `turn`.
    """

    query: str
    keys: list[Key]
    is_all: bool
    way: int = 1
    at: int = -1
    is_shown: bool = True
    is_read_back: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __str__(self) -> str:
        return tr("{query}: {at} of {many}", **self._told)

    def from_newest(self) -> str:
        """Return what is said where one went on behind the oldest, at the newest."""
        return tr("{query}: {at} of {many}, on from the newest", **self._told)

    def from_oldest(self) -> str:
        """Return what is said where one went on before the newest, at the oldest."""
        return tr("{query}: {at} of {many}, on from the oldest", **self._told)

    @property
    def _told(self) -> dict[str, str]:
        many = f"{len(self.keys)}{'' if self.is_all else '+'}"
        return {"query": self.query, "at": str(self.at + 1), "many": many}

    @property
    def asked(self) -> str:
        """Return what is looked for: what was typed, of which the last word may have just begun."""
        return begun(self.query)

    @property
    def current(self) -> int:
        """Return the id of the message where one is."""
        return self.keys[self.at][1]

    @property
    def last_id(self) -> int:
        """Return the id of the first message of the conversation that is known to have them; 0."""
        return self.keys[-1][1] if self.keys else 0

    def add(self, hits: Sequence[Hit], *, is_all: bool) -> None:
        """Take in those that stand before all that are known."""
        self.keys += [key_of(hit) for hit in hits]
        self.is_all = is_all

    def has_passed(self, here: Key) -> bool:
        """Return whether it is known which of them stand after a place, and the next before it."""
        return self.is_all or (bool(self.keys) and self.keys[-1] <= here)

    def next_to(self, here: Key | None, *, is_beside: bool) -> int:
        """Return the next one in the direction of `way`, seen from a place; it may be none of them.

        `is_beside`: what stands there itself is none. None: one stands behind all of them.
        """
        if here is None:
            return 0 if self.way > 0 else -1
        if self.way > 0:
            return sum(1 for each in self.keys if each > here or (is_beside and each == here))
        return sum(1 for each in self.keys if each > here or (not is_beside and each == here)) - 1
