"""Strips: rows of sixel pictures, which the terminal draws over its cells and then forgets.

Whatever is written into a cell takes away what was drawn over it. So a strip is drawn when cells
of it were written, after the frame, and what lies over a part of it is then written once more.
"""

from collections.abc import Iterable, Sequence

from backendd.api.tuples import NamedTuple

_INTRODUCER, _END = '\x1bP0;1q"1;1;', "\x1b\\"
# Characters that stand for the columns of a strip in a row of text; they are for private use, and
# these columns no text from outside gets into.
_FIRST_COLUMN = 0x100000


class Strip:
    """A row of cells of a picture; two are never the same."""

    __slots__ = ("_sixels", "_size", "columns")

    def __init__(self, sixels: str, size: tuple[int, int], columns: int) -> None:
        """Take pixels of that size; nothing in them ends a control string."""
        self._sixels = sixels
        self._size = size
        self.columns = columns

    @property
    def text(self) -> str:
        """Return what stands for it in a row of text, and may be cut anywhere."""
        return "".join(map(chr, range(_FIRST_COLUMN, _FIRST_COLUMN + self.columns)))

    @property
    def sequence(self) -> str:
        """Return what draws it where the cursor is."""
        width, height = self._size
        return f"{_INTRODUCER}{width};{height}{self._sixels}{_END}"


class Piece(NamedTuple):
    """What of a picture is drawn over a cell."""

    strip: Strip
    column: int


def piece_of(strip: Strip, cluster: str) -> Piece:
    """Return what a character of a strip's text stands for."""
    return Piece(strip, ord(cluster) - _FIRST_COLUMN)


class Due:
    """The strips that have to be drawn, by where they begin."""

    def __init__(self) -> None:
        self._strips: dict[tuple[int, int], Strip] = {}

    def note(self, y: int, pieces: Sequence[Piece | None], written: Iterable[bool]) -> None:
        """Take note that some cells of row `y` were written."""
        for x, (piece, is_written) in enumerate(zip(pieces, written, strict=False)):
            if piece is not None and is_written:
                self._strips[y, x - piece.column] = piece.strip

    def take(self) -> tuple[int, int, Strip] | None:
        """Return one, and the row and column where it begins."""
        if not self._strips:
            return None
        y, x = place = next(iter(self._strips))
        return y, x, self._strips.pop(place)

    def clear(self) -> None:
        self._strips.clear()
