"""Lines at the edges of a column: they tell how much that is unread lies beyond what shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from primitivus.model.scrolling.column import Column, Heights

# A column keeps at least so many rows.
_LEAST = 3


class Edges:
    """A line above and one below, each in place of a row, as long as there is something to tell."""

    def __init__(self) -> None:
        self.tells_above = self.tells_below = False
        # How many unread parts end above what shows, and below it.
        self.above = self.below = 0

    def copy(self) -> "Edges":
        """Return the same for another column that stands at the same place."""
        other = Edges()
        other.tells_above, other.tells_below = self.tells_above, self.tells_below
        return other

    def lift(self, column: Column, heights: Heights, height: int) -> int:
        """Have a column of this height show without the lines, and what shows stay where it is.

        Return in which row the first one of it is now.
        """
        moved = int(self.tells_above)
        column.scroll(-moved)
        column.measured(heights, height)
        self.tells_above = self.tells_below = False
        return moved

    def lay(self, column: Column, unread: Sequence[int], kept: int) -> None:
        """Put the lines where they tell something, given which parts are unread, the first first.

        What they cover is not in view then; the part that is `kept` they don't cover the begin of.
        """
        self.count(column, unread)
        if self.above and column.height > _LEAST:
            self.tells_above = True
            is_first = column.top_of(kept) == 0
            column.height -= 1
            column.scroll(not is_first)
        if self.below and column.height > _LEAST:
            self.tells_below = True
            column.height -= 1

    def count(self, column: Column, unread: Sequence[int]) -> None:
        """Take note of how much that is unread lies beyond what shows."""
        shown = [each.part for each in column.view()]
        if not shown:
            self.above = self.below = 0
            return
        last = shown[-1] if column.shows_end(shown[-1]) else shown[-1] - 1
        self.above = bisect_left(unread, shown[0])
        self.below = len(unread) - bisect_right(unread, last)
