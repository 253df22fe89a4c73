"""Going to a message somewhere, and back to where one was."""

from dataclasses import dataclass, field

from primitivus.model.chat import Chat, Position

KEPT = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and where in it one looked; None: at its newest message."""

    peer: str
    position: Position | None


@dataclass(slots=True)
class Matches:
    """Where words were found in one conversation: message ids, those stored last first."""

    query: str
    peer: str
    ids: list[int]
    at: int = 0

    def step(self, by: int) -> bool:
        """Go to another one; return whether there is one in this direction."""
        if not 0 <= self.at + by < len(self.ids):
            return False
        self.at += by
        return True

    @property
    def current(self) -> int:
        return self.ids[self.at]


@dataclass(slots=True)
class Jumps:
    """The places one came from, the last one last, and what was found last."""

    matches: Matches | None = None
    _left: list[Place] = field(default_factory=list)

    def leave(self, chat: Chat) -> None:
        """Remember where one is, to come back to."""
        place = Place(chat.peer, chat.position)
        if not self._left or self._left[-1] != place:
            self._left.append(place)
        del self._left[:-KEPT]

    def back(self) -> Place | None:
        """Return where one came from, and remember it no longer."""
        return self._left.pop() if self._left else None
