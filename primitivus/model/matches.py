"""Where words were found in one conversation."""

import asyncio

from backendd.api.values import Mutable, field


class Matches(Mutable):
    """The messages that have the words: their ids, those stored last first.

    `is_all`: there is none below the last of them. One step at a time takes its `turn`.
    """

    query: str
    ids: list[int]
    is_all: bool
    at: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __str__(self) -> str:
        return f"{self.query}: {self.at + 1} of {len(self.ids)}{'' if self.is_all else '+'}"

    def step(self, by: int) -> bool:
        """Go to another one, at most to the end; return whether there is one in this direction."""
        at = max(0, min(len(self.ids) - 1, self.at + by))
        has_moved, self.at = at != self.at, at
        return has_moved

    @property
    def current(self) -> int:
        return self.ids[self.at]
