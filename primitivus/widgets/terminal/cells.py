"""Cells: what one column of the terminal shows, and how an urwid row becomes a row of them."""

import unicodedata
from collections.abc import Callable, Hashable

from backendd.api.tuples import NamedTuple
from primitivus.widgets.terminal.strips import Piece, Strip, piece_of
from primitivus.widgets.terminal.style import PLAIN, Style, on_spaces
from primitivus.widgets.terminal.urwid_display import escape, get_encoding
from primitivus.widgets.terminal.widths import LONGEST_CLUSTER, clusters, reach, width

Run = tuple[Hashable, str | None, bytes]

ROWS_KEPT = 2000
CLUSTERS_KEPT = 5000
# Links and pictures bring ever new ones.
ATTRIBUTES_KEPT = 5000

# Bidirectional controls would turn round what stands beside them, other panes included.
_BIDI_CONTROLS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LINE_DRAWING = str.maketrans(escape.ALT_DEC_SPECIAL_CHARS, escape.DEC_SPECIAL_CHARS)


class Cell(NamedTuple):
    """One grapheme cluster; a wide one is followed by a `TAIL` for each column more.

    A tuple, because frames compare thousands of them and tuples do that in C.
    """

    text: str
    style: Style
    width: int = 1
    reach: int = 0
    """How many columns a terminal may draw it over; 0 where all agree on `width`."""
    piece: Piece | None = None
    """What of a picture is drawn over it, once it was written."""


Row = tuple[Cell, ...]

TAIL = Cell("", PLAIN, 0)
BLANK = Cell(" ", PLAIN)


class _Clusters(dict[str, Cell]):
    """The cells of one style by their text, made as they are met."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = _cell(text, self._style)
        return cell


class _Pieces(_Clusters):
    """The cells of a strip by what stands for them."""

    def __init__(self, strip: Strip) -> None:
        super().__init__(PLAIN)
        self._strip = strip

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = BLANK._replace(piece=piece_of(self._strip, text))
        return cell


class Cells:
    """Rows of cells from rows of urwid's runs, kept for the next frame that has the same row."""

    def __init__(self, style_of: Callable[[Hashable], Style]) -> None:
        self._style_of = style_of
        self._clusters: dict[Hashable, _Clusters] = {}
        self._rows: dict[tuple[int, tuple[Run, ...]], Row] = {}

    def forget(self) -> None:
        """Drop what was kept: attributes have other styles now."""
        self._clusters.clear()
        self._rows.clear()

    def row(self, runs: tuple[Run, ...], columns: int) -> Row:
        """Return `runs` as exactly `columns` cells."""
        row = self._rows.get((columns, runs))
        if row is None:
            if len(self._rows) >= ROWS_KEPT:
                self._rows.clear()
            row = self._rows[columns, runs] = self._make(runs, columns)
        return row

    def _make(self, runs: tuple[Run, ...], columns: int) -> Row:
        cells: list[Cell] = []
        for attribute, charset, encoded in runs:
            cells_of = self._of(attribute)
            text = encoded.decode(get_encoding(), "replace")
            if charset == "0":
                text = text.translate(_LINE_DRAWING)
            if text.isascii() and text.isprintable():
                cells.extend(map(cells_of.__getitem__, text))
                continue
            for cluster in clusters(text):
                _append(cells, cells_of[cluster])
        return _fitted(cells, columns)

    def _of(self, attribute: Hashable) -> _Clusters:
        found = self._clusters.get(attribute)
        if found is None or len(found) > CLUSTERS_KEPT:
            if len(self._clusters) >= ATTRIBUTES_KEPT:
                self._clusters.clear()
            found = self._clusters[attribute] = self._made(attribute)
        return found

    def _made(self, attribute: Hashable) -> _Clusters:
        if isinstance(attribute, Strip):
            return _Pieces(attribute)
        return _Clusters(self._style_of(attribute))


def _cell(text: str, style: Style) -> Cell:
    """Return the cell of one cluster; its width is 0 if it has nothing to show by itself."""
    if text == " ":
        blank = Cell(text, on_spaces(style))
        return BLANK if blank == BLANK else blank
    text = "".join(filter(_may_be_written, text))[:LONGEST_CLUSTER]
    columns = width(text)
    return Cell(text, style, columns, reach(text, columns))


def _may_be_written(character: str) -> bool:
    return (
        character not in _BIDI_CONTROLS
        and unicodedata.category(character) not in _REFUSED_CATEGORIES
    )


def _append(cells: list[Cell], cell: Cell) -> None:
    if cell.width:
        cells += (cell, *[TAIL] * (cell.width - 1))
    elif cells and cell.text and unicodedata.category(cell.text[0]).startswith("M"):
        _combine(cells, cell.text)


def _combine(cells: list[Cell], marks: str) -> None:
    """Add marks that a change of attribute cut from their letter."""
    place = len(cells) - 1
    while cells[place] is TAIL:
        place -= 1
    letter = cells[place]
    text = (letter.text + marks)[:LONGEST_CLUSTER]
    cells[place] = letter._replace(text=text, reach=reach(text, letter.width))


def _fitted(cells: list[Cell], columns: int) -> Row:
    # Urwid's rows are as wide as the canvas; one that isn't must not push the others about.
    fitted = list(cells[:columns])
    if cells[columns : columns + 1] == [TAIL]:
        while fitted.pop() is TAIL:
            pass
    return (*fitted, *[BLANK] * (columns - len(fitted)))
