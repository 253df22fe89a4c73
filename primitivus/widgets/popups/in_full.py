"""All that the chosen row of a list says, below the list: a row that is cut explains nothing."""

import re
from collections.abc import Sequence

from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, single_line
from primitivus.widgets.drawing.shortened_paths import rows_of
from primitivus.widgets.scene import Scene

# From this height on there is room for it below a line: two rows, of more or of few entries three.
FROM, MORE_FROM = 12, 18
_FEW, _MORE = 2, 3


def rows_for(widths: Sequence[int], room: int, height: int) -> int:
    """Return how many rows to keep for it below rows of these widths, which have `room` columns.

    It goes by all of them: what is chosen next moves nothing.
    """
    widest = max(widths, default=0)
    if widest <= room or height < FROM:
        return 0
    most = _MORE if height >= MORE_FROM or len(widths) <= height // 3 else _FEW
    return 1 + min(most, -(-widest // max(1, room)))


def draw(scene: Scene, text: str, columns: int, rows: int, style: Attribute = "hint") -> list[Row]:
    """Return so many rows, in `columns`: a line, and below it as much of a text as fits."""
    if not rows:
        return []
    most, said = rows - 1, re.sub(" {2,}", "  ", single_line(text)).strip()
    told = rows_of(said, style, max(4, columns - 2), most, scene.symbols.ellipsis)
    padded = [(("popup", " "), *row) for row in told]
    line: Row = (("popup.border", scene.symbols.rule * columns),)
    return [line, *padded, *[()] * (most - len(padded))]
