"""What of a window of messages was in view where one stopped, to be in view at any size."""

from backendd.api.tuples import NamedTuple
from primitivus.model.messages.window import Window
from primitivus.model.scrolling.measure import Measure


class Position(NamedTuple):
    """Where one has scrolled to: `hidden` rows of the message `anchor` lie below the lower edge."""

    anchor: int
    hidden: int = 0


class Stand(NamedTuple):
    """All from a message on, of which `above` rows lie above the upper edge, to `bottom`.

    Where there is room for all of that it stays, and below it follows what comes next; else its
    lower part does. `above` is negative where rows show that stand above the oldest message.
    """

    top: int
    above: int
    bottom: Position

    @classmethod
    def at(cls, bottom: Position, window: Window, measure: Measure) -> "Stand":
        """Return what is in view above a position."""
        index = window.index(bottom.anchor)
        room = measure.height + bottom.hidden - measure.rows(index)
        while room > 0 and index > 0:
            index -= 1
            room -= measure.rows(index)
        return cls(window.id_at(index), -min(room, measure.head_rows()), bottom)

    def position(self, window: Window, measure: Measure) -> Position | None:
        """Return where to stand as high as things are now; None: at the newest message."""
        top, last = window.index(self.top), window.index(self.bottom.anchor)
        if not 0 <= top <= last:
            return self.bottom
        rows = [measure.rows(index) for index in range(top, last + 1)]
        # In a wider window the messages take fewer rows.
        above = min(self.above, max(0, rows[0] - 1))
        hidden = min(self.bottom.hidden, max(0, rows[-1] - 1))
        has_room = sum(rows) - above - hidden < measure.height
        return from_top(top, above, window, measure) if has_room else self.bottom


class Standing:
    """What was in view when one went somewhere last, and where one has stood since."""

    def __init__(self) -> None:
        self._stand: Stand | None = None
        # If one stands elsewhere, one has gone on.
        self._position: Position | None = None

    def copy(self) -> "Standing":
        other = Standing()
        other._stand, other._position = self._stand, self._position
        return other

    def resized(
        self, position: Position | None, window: Window, measure: Measure
    ) -> Position | None:
        """Return where to stand now for what was in view at a position to be so."""
        if position != self._position:
            self._stand = None
        return self._stand.position(window, measure) if self._stand is not None else position

    def keep(
        self, position: Position | None, window: Window, measure: Measure, *, has_moved: bool
    ) -> None:
        """Take note of what is in view, if one has moved, and of where one stands."""
        if position is None:
            self._stand = None
        elif has_moved or self._stand is None:
            self._stand = Stand.at(position, window, measure)
        self._position = position


def fits(start: int, window: Window, measure: Measure) -> bool:
    """Return whether all from a message on can be shown at once."""
    room = measure.height
    return all((room := room - measure.rows(at)) >= 0 for at in range(start, len(window)))


def from_top(start: int, above: int, window: Window, measure: Measure) -> Position | None:
    """Return where to stand for a message to be at the upper edge, with rows of it above that.

    None: at the newest message, for from there on all fits.
    """
    room = measure.height + above
    for index in range(start, len(window)):
        rows = measure.rows(index)
        if rows > room:
            last, hidden = (index, rows - room) if room else (index - 1, 0)
            return Position(window.id_at(last), hidden)
        room -= rows
    return Position(window.last_id) if window.newer else None
