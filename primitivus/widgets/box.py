"""What lies over the screen: rows, and a frame around them."""

from dataclasses import dataclass

from primitivus.themes.symbols import Symbols
from primitivus.widgets.cells import Row, clip, fill, single_line, width


@dataclass(frozen=True, slots=True)
class Box:
    """Rows to lay over the screen at a place, and the cursor in them."""

    rows: list[Row]
    column: int
    row: int
    cursor: tuple[int, int] | None = None


def frame(title: str, rows: list[Row], columns: int, symbols: Symbols) -> list[Row]:
    """Return `rows` with a border around them, `columns` wide in all."""
    inner = columns - 2
    corners = "┌┐└┘" if symbols.rule == "─" else "++++"
    label = f" {clip(single_line(title), inner - 4, symbols.ellipsis)} " if title else ""
    line = symbols.rule * (inner - width(label) - 1)
    top: Row = (
        ("popup.border", corners[0] + symbols.rule),
        ("popup.title", label),
        ("popup.border", line + corners[1]),
    )
    bottom: Row = (("popup.border", corners[2] + symbols.rule * inner + corners[3]),)
    side = ("popup.border", symbols.border)
    return [top, *((side, *fill(row, inner, "popup"), side) for row in rows), bottom]
