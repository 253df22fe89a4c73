"""The pen: where the terminal's cursor is, how it draws, and the shortest bytes to change that."""

from collections.abc import Iterator
from functools import lru_cache

from primitivus.widgets.terminal.cells import Cell, Row
from primitivus.widgets.terminal.strips import Strip
from primitivus.widgets.terminal.style import PLAIN, Style, change, on_spaces
from primitivus.widgets.terminal.widths import is_undisputed

# Moving over this many unchanged characters may be cheaper by writing them again.
_LONGEST_REWRITE = 5


class Pen:
    """Collects the bytes of a frame, knowing what state the bytes so far left the terminal in.

    The terminal must not wrap at the right margin (DECAWM off).
    """

    def __init__(self, columns: int, *, erases_background: bool) -> None:
        self.columns = columns
        self._erases_background = erases_background
        self._out: list[str] = []
        self._x: int | None = None
        self._y: int | None = None
        self._style: Style | None = None

    def take(self) -> str:
        """Return the bytes collected since the last time."""
        taken = "".join(self._out)
        self._out.clear()
        return taken

    def clear(self) -> None:
        """Empty the whole screen, whatever state it is in."""
        self._style = None
        self.use(PLAIN)
        self._out.append("\x1b[H\x1b[J")
        self._x = self._y = 0

    def use(self, style: Style) -> None:
        """Draw in `style` from here on."""
        if style != self._style:
            self._out.append(change(self._style, style))
            self._style = style

    def close_link(self) -> None:
        """End an open hyperlink: what others write next must not belong to it."""
        if self._style is not None and self._style.link:
            self.use(self._style._replace(link=""))

    def draws_spaces_as(self, style: Style) -> bool:
        """Tell whether a space written now looks as one in `style` does."""
        return self._style is not None and on_spaces(self._style) == on_spaces(style)

    def can_erase(self, blank: Cell) -> bool:
        """Tell whether erasing leaves what `blank`, a space, would."""
        style = blank.style
        return style.can_be_erased and (style == PLAIN or self._erases_background)

    def put(self, cell: Cell) -> None:
        """Write `cell` at the cursor."""
        if cell.text != " " or not self.draws_spaces_as(cell.style):
            self.use(cell.style)
        if cell.reach:
            self._put_disputed(cell)
            return
        self._out.append(cell.text)
        if self._x is not None:
            self._x += cell.width
            if self._x >= self.columns:
                # Some terminals wait past the last column, some stay on it.
                self._x = None

    def _put_disputed(self, cell: Cell) -> None:
        """Write a cluster that may turn out narrower or wider than `cell.width`.

        Nobody knows where the cursor is after it. It may also have been drawn over the next
        `cell.reach - cell.width` cells, which the caller must write.
        """
        if cell.width > 1 or not is_undisputed(cell.text[0]):
            # A terminal that draws it narrower would leave an old character standing.
            self._blank_under(cell)
        self._out.append(cell.text)
        self._x = None

    def _blank_under(self, cell: Cell) -> None:
        if self.can_erase(Cell(" ", on_spaces(cell.style))):
            self.erase(cell.width)
            return
        x, y = self._x, self._y
        self._out.append(" " * cell.width)
        self._x = None
        if x is not None and y is not None:
            self.move(x, y)

    def draw(self, strip: Strip) -> None:
        """Draw a row of a picture from the cursor on; nobody knows where that is afterwards."""
        self._out.append(strip.sequence)
        self._x = self._y = None

    def erase(self, columns: int) -> None:
        """Blank `columns` cells from the cursor on, which stays."""
        self._out.append(f"\x1b[{_count(columns)}X")

    def erase_to_end(self) -> None:
        """Blank the rest of the cursor's row; the cursor stays."""
        self._out.append("\x1b[K")

    def move(self, x: int, y: int, row: Row = ()) -> None:
        """Put the cursor on column `x` of row `y`, which already shows `row` left of there."""
        if x == self._x and y == self._y:
            return
        way = _way(self._x, self._y, x, y)
        if y == self._y:
            way = min((way, *self._rewrite(x, row)), key=len)
        self._out.append(way)
        self._x, self._y = x, y

    def _rewrite(self, x: int, row: Row) -> Iterator[str]:
        if self._x is None or not self._x < x <= self._x + _LONGEST_REWRITE or len(row) < x:
            return
        between = row[self._x : x]
        if all(map(self._can_rewrite, between)):
            yield "".join(cell.text for cell in between)

    def _can_rewrite(self, cell: Cell) -> bool:
        if cell.piece is not None:
            return False
        if cell.text == " ":
            return self.draws_spaces_as(cell.style)
        return (
            cell.style == self._style and cell.text.isascii() and not cell.reach and cell.width > 0
        )

    def scroll(self, top: int, bottom: int, lines: int, rows: int) -> None:
        """Move the rows from `top` to `bottom` up by `lines`, or down by `-lines`.

        The rows that come free are plain blanks.
        """
        # What comes free is drawn in the background in use.
        if not self.draws_spaces_as(PLAIN):
            self.use(PLAIN)
        is_whole = (top, bottom) == (0, rows - 1)
        if not is_whole:
            self._set_region(f"{top + 1};{bottom + 1}")
        # Line feeds, reverse index, deleting and inserting lines: unlike SU and SD, the Linux
        # console knows them.
        if 0 < lines <= 4:
            self.move(0, bottom)
            self._out.append("\n" * lines)
        elif lines > 0:
            self.move(0, top)
            self._out.append(f"\x1b[{lines}M")
        else:
            self.move(0, top)
            self._out.append("\x1bM" if lines == -1 else f"\x1b[{-lines}L")
        if not is_whole:
            self._set_region("")

    def _set_region(self, bounds: str) -> None:
        self._out.append(f"\x1b[{bounds}r")
        # Most terminals put the cursor home, some leave it where it is.
        self._x = self._y = None


def _count(number: int) -> str:
    return "" if number == 1 else str(number)


# Frame after frame changes the same columns, and to find the shortest takes longer than all else.
@lru_cache(maxsize=2048)
def _way(start: int | None, row: int | None, x: int, y: int) -> str:
    """Return the shortest bytes to a column and row from others, None if unknown."""
    return min(_ways(start, row, x, y), key=len)


def _ways(start: int | None, row: int | None, x: int, y: int) -> Iterator[str]:
    yield _absolute(x, y)
    if row is None:
        return
    down = y - row
    if down == 0:
        yield from _along(start, x)
        return
    yield from (_vertical(down) + way for way in _along(start, x))
    if down > 0:
        # The tty may turn a line feed into CR LF: of use only where the column is 0 after both.
        begin = "" if start == 0 else "\r"
        yield from (begin + "\n" * down + way for way in _along(0, x))


def _absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{_count(y + 1)};{x + 1}H"
    return f"\x1b[{_count(y + 1)}H"


def _vertical(down: int) -> str:
    if abs(down) == 1:
        return "\x1bD" if down > 0 else "\x1bM"
    return f"\x1b[{abs(down)}{'B' if down > 0 else 'A'}"


def _along(start: int | None, x: int) -> Iterator[str]:
    """Yield ways along a row from column `start`, None if unknown, to `x`."""
    if start == x:
        yield ""
    yield f"\x1b[{_count(x + 1)}G"
    if x == 0:
        yield "\r"
    elif start is not None and start < x:
        yield f"\x1b[{_count(x - start)}C"
    elif start is not None and start > x:
        yield "\b" * (start - x)
        yield f"\x1b[{_count(start - x)}D"
