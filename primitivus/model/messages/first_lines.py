"""Messages that tell what a conversation goes on with, of those that nobody has opened."""

from backendd.api.records import Message

_KEPT = 500


class FirstLines:
    """Those of an account, by id; the ones that were asked for first are forgotten first."""

    def __init__(self) -> None:
        self._known: dict[int, Message | None] = {}

    def get(self, id: int) -> Message | None:
        """Return a message, if it was told."""
        return self._known.get(id)

    def is_asked(self, id: int) -> bool:
        """Return whether it was asked for."""
        return id in self._known

    def ask(self, id: int) -> None:
        """Note that a message is asked for."""
        self._known[id] = None
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]

    def told(self, message: Message) -> None:
        """Take in what a message says, if it was asked for."""
        if message.id in self._known:
            self._known[message.id] = message

    def forget(self) -> None:
        """Hold none."""
        self._known.clear()
