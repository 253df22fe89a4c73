"""What lies over the screen: rows, and a frame around them."""

from backendd.api.values import Value
from primitivus.model.files.pictures import Wanted
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.sentences import tr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing.cells import Row, clip, fill, single_line, width

# What lies over the screen is no wider, however wide that is.
MOST_COLUMNS = 110
# Below this width a number has to say all.
_WORD_FROM = 40


class Box(Value):
    """Rows to lay over the screen at a place, and the cursor in them."""

    rows: list[Row]
    column: int
    row: int
    cursor: tuple[int, int] | None = None
    # The pictures in it, or that will be once they were read.
    pictures: tuple[Wanted, ...] = ()


def frame(
    title: str, rows: list[Row], columns: int, symbols: Symbols, beyond: Beyond = ALL_SHOWS
) -> list[Row]:
    """Return `rows` with a border around them, `columns` wide in all, which tells of more."""
    inner = columns - 2
    corners = "┌┐└┘" if symbols.rule == "─" else "++++"
    above = more(symbols.above, beyond.above, inner)
    room = inner - 4 - width(above)
    label = f" {clip(single_line(title), room, symbols.ellipsis)} " if title and room > 0 else ""
    top = _edge(corners[:2], label, above, inner, symbols)
    below = more(symbols.below, beyond.below, inner)
    bottom = _edge(corners[2:], "", below, inner, symbols)
    side = ("popup.border", symbols.border)
    return [top, *((side, *fill(row, inner, "popup"), side) for row in rows), bottom]


def more(sign: str, many: int, columns: int) -> str:
    """Return how much more there is in the direction of a sign, nothing where it is nothing."""
    word = " " + tr("more") if columns >= _WORD_FROM else ""
    return f" {sign} {many}{word} " if many else ""


def _edge(corners: str, label: str, said: str, inner: int, symbols: Symbols) -> Row:
    line = symbols.rule * (inner - width(label) - width(said) - 2)
    return (
        ("popup.border", corners[0] + symbols.rule),
        ("popup.title", label),
        ("popup.border", line),
        ("hint", said),
        ("popup.border", symbols.rule + corners[1]),
    )
