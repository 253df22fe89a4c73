"""What of a window of messages is in view, and how far one can scroll in it."""

from collections.abc import Iterator

from primitivus.model.messages.stand import Position, Standing, from_top
from primitivus.model.messages.waiting import NOTHING
from primitivus.model.messages.window import Window
from primitivus.model.scrolling.measure import Measure


class Viewport:
    """Stands at the newest message and follows it, or at a position one has scrolled to.

    What can only be known where it is drawn is settled as soon as it is measured.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        # None: at the newest message, and staying there.
        self.position: Position | None = None
        self.waiting = NOTHING
        # Where something above what shows was left out, how many are unread there; 0: who knows.
        self.skipped: int | None = None
        # Rows that were to be scrolled up but were not loaded yet.
        self._owed = 0
        # A message to have at the upper edge as soon as that can be, 0 for none.
        self._start = 0
        # A message to have in view as soon as that can be, 0 for none.
        self._wanted = 0
        self._measure: Measure | None = None
        self._standing = Standing()

    def copy(self) -> "Viewport":
        """Return the same over another window that holds the same."""
        other = Viewport(self.window.copy())
        other.position, other._standing = self.position, self._standing.copy()
        return other

    @property
    def is_measured(self) -> bool:
        return self._measure is not None

    @property
    def height(self) -> int:
        return self._measure.height if self._measure is not None else 1

    @property
    def tells_below(self) -> bool:
        """Return whether the lowest row tells that there is more, and covers what stands there."""
        if self.position is None:
            return False
        index, hidden = self.bottom()
        return self.window.newer or self.waiting.many(self.window, index + (hidden <= 0)) > 0

    @property
    def tells_above(self) -> bool:
        """Return whether the highest row tells what was left out, and covers what stands there."""
        return self.skipped is not None and self.height > 2

    @property
    def below(self) -> int:
        """Return how many unread messages end below what shows; 0: none, or nobody knows."""
        return self.waiting.many(self.window, self.bottom()[0]) if self.position is not None else 0

    @property
    def page(self) -> int:
        """Return how many rows a page is: all but two, so that one sees where one was."""
        return max(1, self.height - 2)

    def to_bottom(self) -> None:
        """Stand at the newest message that is held."""
        self.position = None
        self._owed = 0
        self._start = 0
        self._wanted = 0

    def return_to(self, position: Position) -> None:
        """Stand where one stood before."""
        self.to_bottom()
        self.position = position

    def start_at(self, message_id: int) -> None:
        """Have a message at the upper edge, if from there on there is more than fits."""
        self._start = message_id

    def reveal(self, message_id: int) -> None:
        """Have a message in view, and move no further than that takes."""
        self._wanted = message_id

    def scroll(self, rows: int) -> None:
        """Move by `rows`, up if negative; what can't be done yet is owed."""
        if self._measure is None or not len(self.window):
            return
        if rows < 0:
            self._up(-rows)
        else:
            self._down(rows)

    def measured(self, measure: Measure, *, is_loading: bool = False) -> None:
        """Take over how high things are now, and keep what is in view sensible."""
        self._measure = measure
        if not len(self.window):
            return
        if self.position is not None and self.window.index(self.position.anchor) < 0:
            self.to_bottom()
        self.position = self._standing.resized(self.position, self.window, measure)
        index, hidden = self.bottom()
        # In a wider window the message takes fewer rows; and no row stays blank for want of older.
        missing = max(hidden + 1 - measure.rows(index), -self._rows_above(1))
        if missing > 0:
            self._down(missing)
        before = self.position
        if self._start:
            start, self._start = self.window.index(self._start), 0
            self._begin_with(start)
        if self._wanted:
            wanted, self._wanted = self.window.index(self._wanted), 0
            self._have_in_view(wanted)
        if self._owed and not is_loading:
            owed, self._owed = self._owed, 0
            self._up(owed)
            if self.window.older != "local":
                self._owed = 0
        has_moved = self.position != before
        self._standing.keep(self.position, self.window, measure, has_moved=has_moved)

    def bottom(self) -> tuple[int, int]:
        """Return the index of the lowest message in view, and how many of its rows are below."""
        if self.position is None:
            return len(self.window) - 1, 0
        index = self.window.index(self.position.anchor)
        return (index, self.position.hidden) if index >= 0 else (len(self.window) - 1, 0)

    def rows(self, index: int) -> int:
        """Return how many rows a message takes, 0 before that was measured."""
        return self._measure.rows(index) if self._measure is not None else 0

    def lead(self, index: int) -> int:
        """Return how many rows of a message stand above its text."""
        return self._measure.lead(index) if self._measure is not None else 0

    def in_view(self) -> Iterator[int]:
        """Yield the indices of the messages in view, from below."""
        if self._measure is None:
            return
        index, hidden = self.bottom()
        room = self.height + hidden
        while index >= 0 and room > 0:
            yield index
            room -= self._measure.rows(index)
            index -= 1

    def above(self) -> Iterator[int]:
        """Yield the indices of the messages that a page up would bring into view, from below."""
        *_, index = (self.bottom()[0] + 1, *self.in_view())
        room = self.page
        while self._measure is not None and index > 0 and room > 0:
            index -= 1
            yield index
            room -= self._measure.rows(index)

    def last_whole(self) -> int:
        """Return the id of the lowest message of which no row lies below the view, or 0."""
        index, hidden = self.bottom()
        index -= hidden > 0
        return self.window[index].id if index >= 0 else 0

    def is_near_start(self) -> bool:
        """Return whether the view may be about to reach the start of what is held."""
        # Two pages above the view. Messages are counted, not rows, which is on the safe side:
        # to lay out what isn't seen would cost more than to draw.
        return self.bottom()[0] < 3 * self.height

    def is_near_end(self) -> bool:
        """Return whether the view is about to reach the end of what is held."""
        return self.bottom()[0] >= len(self.window) - 2 * self.height

    def _begin_with(self, start: int) -> None:
        """Have `start` at the upper edge, if all from there on is too much to show."""
        assert self._measure is not None
        if start < 0:
            return
        self.position = from_top(start, 0, self.window, self._measure) or self.position

    def _have_in_view(self, wanted: int) -> None:
        """Have all of `wanted` in view, or as much from its text on as fits."""
        assert self._measure is not None
        if wanted < 0:
            return
        rows = self._measure.rows(wanted)
        bottom, hidden = self.bottom()
        if wanted > bottom or (wanted == bottom and hidden) or rows > self.height:
            below = max(0, rows - self._measure.lead(wanted) - self.height)
            self.position = Position(self.window[wanted].id, below)
            self._down(0)
            return
        room = self.height - self.tells_above + hidden - rows
        for index in range(bottom, wanted, -1):
            room -= self._measure.rows(index)
        if room < 0:
            self._up(-room)

    def _rows_above(self, enough: int) -> int:
        """Return how many rows are held above the view, counted up to `enough`."""
        assert self._measure is not None
        index, hidden = self.bottom()
        total = -hidden - self.height
        while index >= 0 and total < enough:
            total += self._measure.rows(index)
            index -= 1
        return total if index >= 0 else total + self._measure.head_rows()

    def _up(self, rows: int) -> None:
        assert self._measure is not None
        step = min(rows, max(0, self._rows_above(rows)))
        if step < rows and self.window.older == "local":
            self._owed = rows - step
        if not step:
            return
        index, hidden = self.bottom()
        hidden += step
        while index > 0 and hidden >= self._measure.rows(index):
            hidden -= self._measure.rows(index)
            index -= 1
        self.position = Position(self.window[index].id, hidden)

    def _down(self, rows: int) -> None:
        assert self._measure is not None
        self._owed = 0
        if self.position is None:
            return
        index, hidden = self.bottom()
        hidden -= rows
        while hidden < 0 and index < len(self.window) - 1:
            index += 1
            hidden += self._measure.rows(index)
        if hidden <= 0 and index == len(self.window) - 1 and not self.window.newer:
            self.to_bottom()
        else:
            self.position = Position(self.window[index].id, max(0, hidden))
