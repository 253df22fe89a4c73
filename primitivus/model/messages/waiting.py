"""How much of a conversation is unread from somewhere on, as its record counts it."""

from backendd.api.tuples import NamedTuple
from primitivus.model.messages.window import Window


class Waiting(NamedTuple):
    """How many messages are unread in all, and the id of the first of them; 0: none."""

    unread: int = 0
    first: int = 0

    def many(self, window: Window, start: int) -> int:
        """Return how many are from an index of the window on, of those too that it doesn't hold."""
        if not self.unread:
            return 0
        first = window.index(self.first)
        if not window.newer:
            return window.unread(max(0, start, first), len(window))
        if first >= 0:
            return max(0, self.unread - window.unread(first, start))
        # The first lies below all that is held; or above, and nobody knows how many lie between.
        return 0 if lies_above(window, self.first) else self.unread

    def before(self, window: Window, end: int) -> int:
        """Return how many are before an index of the window; 0: none, or nobody knows."""
        first = window.index(self.first)
        if first >= 0:
            return window.unread(first, end)
        # The first lies above all that is held, if not below.
        is_above = self.first and (not len(window) or lies_above(window, self.first))
        held_on = self.many(window, end)
        return max(0, self.unread - held_on) if is_above and not window.newer else 0


NOTHING = Waiting()


def lies_above(window: Window, first: int) -> bool:
    """Return whether the first unread message lies above all that is held, where it isn't.

    What came after it is unread like it. Its id doesn't say where it lies: an archive brings late
    what is old. That is asked only where all that is held was written here.
    """
    came = [message for message in window if message.direction == "in"]
    if not came:
        return first < window.last_id
    return any(message.state == "unread" for message in came)
