"""Messages of an account that are not out: they wait to be sent, or have failed."""

from collections.abc import Iterable, Sequence

from backendd.api.records import Message
from backendd.api.tuples import NamedTuple
from primitivus.model.meanwhile import Meanwhile

STATES = ("pending", "failed")


class Failed(NamedTuple):
    """Several messages that have failed, the oldest first, which are told of together."""

    messages: Sequence[Message]


class Unsent:
    """Those of an account, by id; it is asked for them where somebody looks."""

    def __init__(self) -> None:
        self._known: dict[str, Message] = {}
        self._meanwhile: Meanwhile[Message] = Meanwhile()
        # Whether the backend has told which there are.
        self.are_known = False

    def __contains__(self, id: object) -> bool:
        return str(id) in self._known

    def failed(self) -> list[Message]:
        """Return those that have failed, the oldest first."""
        return self._in("failed")

    def waiting(self) -> list[Message]:
        """Return those that wait to be sent, the oldest first."""
        return self._in("pending")

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, known: Iterable[Message]) -> None:
        """Hold these, and what was told meanwhile."""
        self._known = {str(each.id): each for each in known}
        self._meanwhile.settle(self._known)

    def told(self, message: Message) -> None:
        """Take in what a message is now that waited, or waits."""
        id, is_unsent = str(message.id), message.state in STATES
        self._meanwhile.told(id, message if is_unsent else None)
        if is_unsent:
            self._known[id] = message
        else:
            self._known.pop(id, None)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these."""
        for id in map(str, ids):
            self._meanwhile.told(id, None)
            self._known.pop(id, None)

    def _in(self, state: str) -> list[Message]:
        found = (each for each in self._known.values() if each.state == state)
        return sorted(found, key=lambda each: each.id)
