"""Pictures that a terminal shows as sixels."""

import re
from collections.abc import Sequence
from functools import lru_cache

from backendd.api.values import Value
from primitivus.model.files.pictures import Picture
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.terminal.graphics import Cell
from primitivus.widgets.terminal.strips import Strip

# Pixels of six rows are one sixel.
_BAND = 6
# Who wrote it need not be trusted: it gets nowhere but to the terminal's pictures.
_SIXELS = re.compile(rb"[!#$?-~;0-9-]*")


class Sixel(Value):
    """Draws on a terminal with characters of this size, in pixels, in so many colours."""

    character: Cell
    colours: int

    @property
    def cell(self) -> tuple[int, int]:
        return self.character

    @property
    def encoding(self) -> str:
        return f"sixel:{self.character.height}:{self.colours}"

    def rows(self, picture: Picture) -> Sequence[Row]:
        return _rows(picture, self.character)


# As many as are likely to be on one screen: one that is made anew is drawn anew.
@lru_cache(maxsize=16)
def _rows(picture: Picture, cell: Cell) -> tuple[Row, ...]:
    columns, rows = -(-picture.width // cell.width), -(-picture.height // cell.height)
    lines = [*picture.data.split(b"\n"), *[b""] * rows][:rows]
    strips = []
    for number, line in enumerate(lines):
        height = min(cell.height, picture.height - number * cell.height)
        sixels = line.decode() if _is_within(line, height) else ""
        strips.append(Strip(sixels, (picture.width, height), columns))
    return tuple(((strip, strip.text),) for strip in strips)


def _is_within(line: bytes, height: int) -> bool:
    """Return whether these are sixels, and no more rows of them than are meant."""
    return _SIXELS.fullmatch(line) is not None and line.count(b"-") < -(-height // _BAND)
