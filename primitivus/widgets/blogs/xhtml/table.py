"""Tables: columns as wide as what is in them, as far as there is room; else cell below cell."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from primitivus.model.xhtml.document import Align, Block, Cells, Inline, Link
from primitivus.themes.symbols import Symbols
from primitivus.widgets.blogs.xhtml import inline
from primitivus.widgets.drawing.cells import Row, fill, printable, row_width, width

BODY = "message.body"
HEAD = "post.heading"
LINE = "line.day"

# Columns that have to share what room there is have at least so much each.
_LEAST = 6
_NARROWEST = 2
# So many cells are looked at for how wide columns have to be.
_MEASURED = 300
_GAP = 3


def rows(block: Block, links: Sequence[Link], columns: int, symbols: Symbols) -> Iterator[Row]:
    """Yield the rows of a table, at most `columns` wide."""
    widths = _widths(block.cells, columns)
    aligned = iter(block.aligned)
    places: list[tuple[int, Align]] = [(room, next(aligned, "left")) for room in widths or ()]
    for number, cells in enumerate(block.cells):
        style = HEAD if number < block.heads else BODY
        if widths is None or len(cells) > len(widths):
            if number and widths is None:
                yield ((LINE, symbols.rule * min(_LEAST, columns)),)
            yield from _stacked(cells, links, style, columns, symbols)
            continue
        yield from _beside(cells, links, style, places, symbols)
        if number + 1 == block.heads:
            yield ((LINE, symbols.rule * (sum(widths) + _GAP * (len(widths) - 1))),)


def _stacked(
    cells: Sequence[Inline], links: Sequence[Link], style: str, columns: int, symbols: Symbols
) -> Iterator[Row]:
    for cell in filter(None, cells):
        yield from inline.rows(cell, links, style, columns, symbols)


def _beside(
    cells: Sequence[Inline],
    links: Sequence[Link],
    style: str,
    places: Sequence[tuple[int, Align]],
    symbols: Symbols,
) -> Iterator[Row]:
    laid_out = [
        inline.rows(cell, links, style, room, symbols)
        for cell, (room, _) in zip(cells, places, strict=False)
    ]
    for parts in zip_longest(*laid_out, fillvalue=()):
        row: Row = ()
        for part, (room, align) in zip(parts, places, strict=False):
            edge = ((LINE, f" {symbols.border} "),) if row else ()
            row = (*row, *edge, *_aligned(part, room, align))
        yield row


def _aligned(part: Row, room: int, align: Align) -> Row:
    """Return a row of a cell as wide as its column."""
    free = max(0, room - row_width(part))
    left = {"left": 0, "center": free // 2, "right": free}[align]
    return fill(((BODY, " " * left), *part) if left else part, room)


def _widths(cells: Cells, columns: int) -> list[int] | None:
    """Return how wide each column is; None where there is no room for them side by side."""
    wanted: list[int] = []
    measured = 0
    for row in cells:
        wanted += [_NARROWEST] * (len(row) - len(wanted))
        for place, cell in enumerate(row):
            wanted[place] = max(wanted[place], _width(cell, columns))
        measured += len(row)
        if measured >= _MEASURED:
            break
    room = columns - _GAP * (len(wanted) - 1)
    if sum(wanted) <= room:
        return wanted
    if room < _LEAST * len(wanted):
        return None
    return _shared(wanted, room)


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths that add up to no more than `room`: what is narrow gets all it wants."""
    found = [0] * len(wanted)
    for left, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        found[place] = min(wanted[place], room // (len(wanted) - left))
        room -= found[place]
    return found


def _width(cell: Inline, most: int) -> int:
    """Return how wide a cell is on one line, counted up to `most` and some more."""
    found = 0
    for span in cell:
        found += width(printable(span.text[:most])) + 2 * bool(span.link)
        if found > most:
            break
    return found
