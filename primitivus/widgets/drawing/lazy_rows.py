"""Rows that are laid out as far as they are asked for, and kept."""

from collections.abc import Iterator
from itertools import islice

from primitivus.widgets.drawing.cells import Row


class LazyRows:
    """The rows that an iterator yields; they are kept in `laid_out`, where it may look at them."""

    def __init__(self, rows: Iterator[Row], laid_out: list[Row] | None = None) -> None:
        self._rows: list[Row] = [] if laid_out is None else laid_out
        self._rest = rows

    def count(self, most: int) -> int:
        """Return how many there are, counted up to `most`."""
        missing = most - len(self._rows)
        for row in islice(self._rest, max(0, missing)):
            self._rows.append(row)  # one by one: what yields them looks at those above
        return min(most, len(self._rows))

    def some(self, first: int, many: int) -> list[Row]:
        """Return so many from `first` on, fewer where it ends."""
        self.count(first + many)
        return self._rows[first : first + many]
