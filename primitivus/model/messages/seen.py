"""What of a conversation was on a screen that somebody looked at."""

from collections.abc import Iterator

from backendd.api.tuples import NamedTuple
from primitivus.model.messages.viewport import Viewport
from primitivus.model.messages.window import Window

# Of so many it is known; what was seen is marked as read long before there are more.
_KEPT = 4000


class Shown(NamedTuple):
    """A message in view, and whether its beginning and its end are."""

    id: int
    begins: bool
    ends: bool


class Progress(NamedTuple):
    """How far the unread messages were seen, from the first one on.

    `through` is the last one before which nothing is left out, `unseen` the first that is; 0: none.
    """

    through: int
    unseen: int


class Seen:
    """Which messages were: those whose last row was in view.

    Whoever goes to the end of one that is longer than the screen has read as much of it as they
    wanted to; what follows it is not held back by that.
    """

    def __init__(self) -> None:
        self._begun: dict[int, None] = {}
        self._ended: dict[int, None] = {}

    def __contains__(self, message_id: int) -> bool:
        return message_id in self._ended

    def has_begun(self, message_id: int) -> bool:
        """Return whether the beginning of a message was in view."""
        return message_id in self._begun

    def add(self, viewport: Viewport) -> None:
        """Take note that somebody looks at what shows."""
        for message_id, begins, ends in shown(viewport):
            if begins:
                self._begun[message_id] = None
            if ends:
                self._ended[message_id] = None
        for known in (self._begun, self._ended):
            while len(known) > _KEPT:
                del known[next(iter(known))]

    def clear(self) -> None:
        """Have nothing be seen: it is all read, or to be read once more."""
        self._begun.clear()
        self._ended.clear()

    def progress(self, window: Window, first_unread: int) -> Progress:
        """Return how far one got that is unread from a message on (0: nothing is)."""
        index, through = window.index(first_unread), 0
        if index < 0:
            return Progress(0, 0 if first_unread in self else first_unread)
        for place in range(index, len(window)):
            message = window[place]
            if message.direction == "in" and message.id not in self:
                return Progress(through, message.id)
            through = message.id
        return Progress(through, 0)


def shown(viewport: Viewport) -> Iterator[Shown]:
    """Yield the messages of which something shows, from below."""
    if not viewport.is_measured:
        return
    index, hidden = viewport.bottom()
    room = viewport.height
    if viewport.tells_below:
        hidden, room = hidden + 1, room - 1
    if viewport.tells_above:
        room -= 1
    while index >= 0 and room > 0:
        rows = viewport.rows(index)
        visible = min(rows - hidden, room)
        if visible > 0 or not rows:
            above = rows - max(0, hidden) - visible
            begins = above <= 0 or above <= viewport.lead(index)
            yield Shown(viewport.window.id_at(index), begins, hidden <= 0)
            room -= visible
        hidden = max(0, hidden - rows)
        index -= 1
