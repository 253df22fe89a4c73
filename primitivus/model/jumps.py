"""Going to a message somewhere, and back to where one was."""

import asyncio
from dataclasses import dataclass, field

from primitivus.model.chat import Position
from primitivus.model.place import Place

KEPT = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """A conversation, and where in it one looked; None: at its newest message."""

    place: Place
    position: Position | None


@dataclass(slots=True)
class Matches:
    """Where words were found in one conversation: message ids, those stored last first.

    `is_all`: there is none below the last of them. One step at a time takes its `turn`.
    """

    query: str
    place: Place
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


@dataclass(slots=True)
class Jumps:
    """The places one came from, the last one last, and what was found last."""

    matches: Matches | None = None
    _left: list[Spot] = field(default_factory=list)

    def leave(self, place: Place, position: Position | None) -> None:
        """Remember where one is, to come back to."""
        spot = Spot(place, position)
        if not self._left or self._left[-1] != spot:
            self._left.append(spot)
        del self._left[:-KEPT]

    def back(self) -> Spot | None:
        """Return where one came from, and remember it no longer."""
        return self._left.pop() if self._left else None
