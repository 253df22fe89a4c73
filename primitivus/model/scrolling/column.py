"""Where one is in parts that stand one below the other, of any height and any number."""

from collections.abc import Iterator
from typing import Protocol

from backendd.api.tuples import NamedTuple

_FAR = 100_000
_ALL = 1 << 40


class Heights(Protocol):
    """How high each part is; what is not asked for is not laid out."""

    def parts(self) -> int:
        """Return how many parts there are."""
        ...

    def rows(self, part: int, most: int) -> int:
        """Return how many rows a part has, counted up to `most`."""
        ...


class Stretch(NamedTuple):
    """So many rows of a part, from the row `first` of it on."""

    part: int
    first: int
    rows: int


class _Nothing:
    def parts(self) -> int:
        return 0

    def rows(self, part: int, most: int) -> int:
        return 0


class Column:
    """What is in view: from the row `offset` of a part on."""

    def __init__(self) -> None:
        self.part = 0
        self.offset = 0
        self.height = 1
        self._heights: Heights = _Nothing()

    def measured(self, heights: Heights, height: int) -> None:
        """Take over how high things are now."""
        self._heights, self.height = heights, max(1, height)
        self._settle()

    def view(self) -> Iterator[Stretch]:
        """Yield what shows, from top to bottom."""
        part, first, room = self.part, self.offset, self.height
        while room and part < self._heights.parts():
            rows = min(room, self._heights.rows(part, first + room) - first)
            if rows > 0:
                yield Stretch(part, first, rows)
                room -= rows
            part, first = part + 1, 0

    @property
    def has_above(self) -> bool:
        return bool(self.part or self.offset)

    @property
    def has_below(self) -> bool:
        return self._from_here(self.height + 1) > self.height

    def top_of(self, part: int) -> int | None:
        """Return at which row of the view a part begins; None where it begins elsewhere."""
        if part < self.part or (part == self.part and self.offset):
            return None
        row = -self.offset
        for above in range(self.part, part):
            row += self._heights.rows(above, self.height - row)
            if row >= self.height:
                return None
        return row

    def shows(self, part: int) -> bool:
        """Return whether any row of a part is in view."""
        return any(each.part == part for each in self.view())

    def shows_end(self, part: int) -> bool:
        """Return whether the last row of a part is in view."""
        shown = next((each for each in self.view() if each.part == part), None)
        end = shown.first + shown.rows if shown is not None else 0
        return bool(end) and self._heights.rows(part, end + 1) == end

    def fits(self, part: int) -> bool:
        """Return whether all of a part can be in view at once."""
        return self._heights.rows(part, self.height + 1) <= self.height

    def scroll(self, rows: int) -> None:
        """Go down by so many rows, up if negative; who goes far arrives at the end."""
        if rows >= _FAR:
            self.part, self.offset = max(0, self._heights.parts() - 1), _ALL
        elif rows <= -_FAR:
            self.part = self.offset = 0
        elif rows < 0:
            self._up(-rows)
        else:
            self._down(rows)
        self._settle()

    def put(self, part: int, row: int = 0) -> None:
        """Have a part begin at this row of the view, as far as it can."""
        self.part, self.offset = part, max(0, -row)
        self._up(max(0, row))
        self._settle()

    def reveal(self, part: int) -> None:
        """Have all of a part in view, or as much from its first row on as fits."""
        top = self.top_of(part)
        if top is None and part <= self.part:
            self.put(part)
        elif top is None:
            self.put(part, max(0, self.height - self._heights.rows(part, self.height)))
        elif not self.shows_end(part):
            rows = self._heights.rows(part, self.height)
            self.scroll(min(top, top + rows - self.height))

    def _from_here(self, most: int) -> int:
        """Return how many rows there are from the first in view on, counted up to `most`."""
        found, part, first = 0, self.part, self.offset
        while found < most and part < self._heights.parts():
            found += max(0, self._heights.rows(part, first + most - found) - first)
            part, first = part + 1, 0
        return found

    def _settle(self) -> None:
        """Have as much in view as there is room for, if there is as much."""
        last = self._heights.parts() - 1
        if self.part > last:
            self.part, self.offset = max(0, last), _ALL
        if self.offset:
            self.offset = min(self.offset, self._heights.rows(self.part, self.offset))
        missing = self.height - self._from_here(self.height)
        if missing > 0:
            self._up(missing)

    def _up(self, rows: int) -> None:
        while rows > self.offset and self.part:
            rows -= self.offset
            self.part -= 1
            self.offset = self._heights.rows(self.part, _ALL)
        self.offset = max(0, self.offset - rows)

    def _down(self, rows: int) -> None:
        last = self._heights.parts() - 1
        while self.part < last:
            here = self._heights.rows(self.part, self.offset + rows + 1) - self.offset
            if here > rows:
                break
            rows -= here
            self.part, self.offset = self.part + 1, 0
        self.offset += rows
