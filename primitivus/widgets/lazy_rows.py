"""Rows that are laid out as far as they are asked for, and kept."""

from collections.abc import Iterator
from itertools import islice

from primitivus.widgets.cells import Row


class LazyRows:
    """The rows that an iterator yields."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows: list[Row] = []
        self._rest = rows

    def count(self, most: int) -> int:
        """Return how many there are, counted up to `most`."""
        missing = most - len(self._rows)
        if missing > 0:
            self._rows += islice(self._rest, missing)
        return min(most, len(self._rows))

    def some(self, first: int, many: int) -> list[Row]:
        """Return so many from `first` on, fewer where it ends."""
        self.count(first + many)
        return self._rows[first : first + many]
