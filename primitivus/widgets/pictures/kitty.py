"""Pictures that a terminal with kitty's protocol shows."""

from collections.abc import Sequence
from functools import lru_cache

from backendd.api.values import Value
from primitivus.model.files.pictures import Picture
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.terminal.graphics import Cell
from primitivus.widgets.terminal.images import Image
from primitivus.widgets.terminal.placeholders import MOST, placeholders

# More pixels are made of these by the terminal; over a slow link they would take their time.
_MOST_HIGH = 20


class Kitty(Value):
    """Draws on a terminal whose characters are of this size, in pixels."""

    character: Cell

    @property
    def cell(self) -> tuple[int, int]:
        width, height = self.character
        if height <= _MOST_HIGH:
            return width, height
        return max(1, round(width * _MOST_HIGH / height)), _MOST_HIGH

    @property
    def encoding(self) -> str:
        width, height = self.cell
        return f"kitty:{width}:{height}"

    def rows(self, picture: Picture) -> Sequence[Row]:
        return _rows(picture, self.cell)


# As many as are likely to be on one screen: one that is made anew is sent anew.
@lru_cache(maxsize=16)
def _rows(picture: Picture, cell: tuple[int, int]) -> tuple[Row, ...]:
    width, height = cell
    columns, rows = -(-picture.width // width), -(-picture.height // height)
    pixels = columns * width, rows * height
    columns, rows = min(columns, MOST), min(rows, MOST)
    image = Image(picture.data, pixels, columns, rows)
    return tuple(((image, placeholders(row, columns)),) for row in range(rows))
