"""How much of long messages shows, and which spoilers are covered."""

from collections.abc import Iterable

from backendd.api.records import Message
from primitivus.model.messages.viewport import Viewport
from primitivus.model.wording.spoilers import is_spoiler

# So many times as much of a message shows when more of it is asked for.
_MORE = 8


class Folds:
    """What one wants to see of the messages in a pane; what is read stays where it is."""

    def __init__(self) -> None:
        # Of which messages more than the beginning shows, and how many times as much.
        self._shares: dict[int, int] = {}
        # The spoilers that one wants to see.
        self._revealed: set[int] = set()

    def share(self, message: Message) -> int:
        """Return how many times as much of a message shows as of any; 0: it is covered."""
        if is_spoiler(message) and message.id not in self._revealed:
            return 0
        return self._shares.get(message.id, 1)

    def unfold(self, viewport: Viewport, meant: Iterable[int]) -> bool:
        """Show more of the first message that has more; return whether one has."""
        for index in meant:
            message = viewport.window[index]
            share, before = self.share(message), viewport.rows(index)
            self._shares[message.id] = _MORE * share
            more = viewport.rows(index) - before
            if more:
                viewport.scroll(-more)
                return True
            self._shares[message.id] = share
        return False

    def reveal(self, viewport: Viewport, meant: Iterable[int]) -> bool:
        """Show what the first spoiler says, or cover it again; return whether there is one."""
        for index in meant:
            message = viewport.window[index]
            if is_spoiler(message):
                before = viewport.rows(index)
                self._revealed ^= {message.id}
                viewport.scroll(before - viewport.rows(index))
                return True
        return False
