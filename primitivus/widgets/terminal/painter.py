"""The painter: keeps the cells the terminal shows and turns a new canvas into the bytes between."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from itertools import compress, count, repeat
from operator import ne

from primitivus.widgets.terminal import scroll
from primitivus.widgets.terminal.cells import BLANK, TAIL, Cells, Row, Run
from primitivus.widgets.terminal.images import Image
from primitivus.widgets.terminal.pen import Pen
from primitivus.widgets.terminal.strips import Due, Strip
from primitivus.widgets.terminal.style import Style, on_spaces

HIDE_CURSOR = "\x1b[?25l"
SHOW_CURSOR = "\x1b[?25h"

ERASE_TO_END_COST = len("\x1b[K")
ERASE_COST = len("\x1b[99X")
MOVE_COST = len("\x1b[9C")

_PICTURES = (Image, Strip)

# A frame this long may be drawn in more than one go; the cursor should not be seen to run about.
_LONG_FRAME = 1000


class Painter:
    """Makes frames: each the bytes that bring the terminal from the last canvas to this one."""

    def __init__(self, style_of: Callable[[Hashable], Style], *, erases_background: bool) -> None:
        self._cells = Cells(style_of)
        self._erases_background = erases_background
        self._pen = Pen(0, erases_background=erases_background)
        self._size = (0, 0)
        self._runs: list[tuple[Run, ...] | None] = []
        # What there is of pictures in each row.
        self._pictures: list[Collection[Image | Strip]] = []
        self._shown: list[Row] = []
        self._cursor_is_shown: bool | None = None
        self._cursor: tuple[int, int] | None = None
        self._has_strips = False
        self._due = Due()

    def forget(self) -> None:
        """Draw everything anew next time, whatever the terminal shows."""
        self.restyle()
        self._size = (0, 0)
        self._cursor_is_shown = None

    def restyle(self) -> None:
        """Look up every attribute anew next time."""
        self._cells.forget()
        self._runs = [None] * len(self._runs)

    def paint(
        self,
        size: tuple[int, int],
        rows: Iterable[Iterable[Run]],
        cursor: tuple[int, int] | None,
    ) -> str:
        """Return the bytes that make the terminal show `rows`, a canvas' content.

        `size` is columns and rows, `cursor` column and row or None for no cursor.
        """
        if size != self._size:
            self._start_anew(size)
        self._draw(self._read(rows))
        self._cursor = cursor
        return self._with_cursor(self._pen.take(), cursor)

    def images(self) -> set[Image]:
        """Return the pictures that are on the screen and that the terminal has to hold."""
        return {each for row in self._pictures for each in row if isinstance(each, Image)}

    def next_strip(self) -> str:
        """Return the bytes that draw a strip that is due; nothing where all are drawn."""
        while due := self._due.take():
            y, x, strip = due
            # The terminal would scroll below the last row.
            if y < len(self._shown) - 1 and self._is_drawable(x, y, strip):
                self._draw_strip(x, y, strip)
                return self._with_cursor(self._pen.take(), self._cursor, is_long=True)
        return ""

    def _is_drawable(self, x: int, y: int, strip: Strip) -> bool:
        """Tell whether some of a strip shows there, and only text lies over the rest."""
        if x < 0 or x + strip.columns > self._size[0]:
            return False
        cells = self._shown[y][x : x + strip.columns]
        pieces = {cell.piece and cell.piece.strip for cell in cells}
        return strip in pieces and pieces <= {strip, None}

    def _draw_strip(self, x: int, y: int, strip: Strip) -> None:
        row = self._shown[y]
        self._pen.move(x, y)
        self._pen.draw(strip)
        # A wide character may reach into it.
        for column in range(x - (row[x] is TAIL), x + strip.columns):
            cell = row[column]
            if cell is not TAIL and cell.piece is None:
                self._pen.move(column, y)
                self._pen.put(cell)
        self._pen.close_link()

    def _start_anew(self, size: tuple[int, int]) -> None:
        columns, rows = self._size = size
        self._pen = Pen(columns, erases_background=self._erases_background)
        self._pen.clear()
        self._shown = [(BLANK,) * columns] * rows
        self._runs = [None] * rows
        self._pictures = [()] * rows
        self._due.clear()

    def _read(self, rows: Iterable[Iterable[Run]]) -> list[Row]:
        columns = self._size[0]
        wanted = list(self._shown)
        for y, row in enumerate(rows):
            runs = tuple(row)
            if runs != self._runs[y]:
                self._runs[y] = runs
                self._pictures[y] = _pictures_of(runs)
                wanted[y] = self._cells.row(runs, columns)
        return wanted

    def _draw(self, wanted: list[Row]) -> None:
        # Not all terminals move what is drawn over cells with them.
        had_strips, self._has_strips = self._has_strips, self._shows_strips()
        is_moved = had_strips or self._has_strips
        moved = None if is_moved else scroll.find(self._shown, wanted)
        if moved is not None:
            self._pen.scroll(moved.top, moved.bottom, moved.lines, len(wanted))
            self._shown = moved.applied(self._shown)
        for y, (old, new) in enumerate(zip(self._shown, wanted, strict=True)):
            if old is not new and old != new:
                written = draw_row(self._pen, y, old, new)
                if self._has_strips:
                    self._due.note(y, [cell.piece for cell in new], written)
        self._pen.close_link()
        self._shown = wanted

    def _shows_strips(self) -> bool:
        return any(isinstance(each, Strip) for row in self._pictures for each in row)

    def _with_cursor(
        self, frame: str, cursor: tuple[int, int] | None, *, is_long: bool = False
    ) -> str:
        if cursor is None:
            hide = HIDE_CURSOR if self._cursor_is_shown is not False else ""
            self._cursor_is_shown = False
            return hide + frame
        x, y = cursor
        self._pen.move(x, y, self._shown[y])
        frame += self._pen.take()
        if self._cursor_is_shown and len(frame) < _LONG_FRAME and not is_long:
            return frame
        hide = HIDE_CURSOR if self._cursor_is_shown is not False else ""
        self._cursor_is_shown = True
        return hide + frame + SHOW_CURSOR


def draw_row(pen: Pen, y: int, old: Row, new: Row) -> Sequence[bool]:
    """Write what differs between `old` and `new` on row `y`; return of each cell whether it was."""
    columns = len(new)
    differs = [*map(ne, old, new), True]
    x = differs.index(True)
    while x < columns:
        cell = new[x]
        pen.move(x, y, new)
        if cell.text == " ":
            x = _draw_blanks(pen, x, new, differs)
        else:
            pen.put(cell)
            for smeared in range(x + cell.width, min(x + cell.reach, columns)):
                differs[smeared] = True
            x += cell.width
        x = differs.index(True, x)
    return differs


def _draw_blanks(pen: Pen, x: int, new: Row, differs: Sequence[bool]) -> int:
    """Write the blanks from column `x` on; return the column after the last that was due."""
    blank, columns = new[x], len(new)
    run_end = end = x + _blanks_at(new, x)
    while not differs[end - 1]:
        end -= 1
    is_text_next = end == run_end < columns and differs[end]
    if not pen.draws_spaces_as(blank.style):
        after = new[end].style if is_text_next else blank.style
        # Where the text that follows has this background, one change of style does for both.
        pen.use(after if on_spaces(after) == blank.style else blank.style)
    blanks = end - x
    if run_end == columns and blanks > ERASE_TO_END_COST and pen.can_erase(blank):
        pen.erase_to_end()
    elif blanks > (ERASE_COST + MOVE_COST if is_text_next else ERASE_COST) and pen.can_erase(blank):
        pen.erase(blanks)
    else:
        for _ in range(blanks):
            pen.put(blank)
    return end


def _pictures_of(runs: Iterable[Run]) -> Collection[Image | Strip]:
    return {attribute for attribute, _, _ in runs if isinstance(attribute, _PICTURES)}


def _blanks_at(row: Row, x: int) -> int:
    """Return how many blanks of the same kind there are from the one in column `x` on."""
    others = map(ne, row[x:], repeat(row[x]))
    return next(compress(count(), others), len(row) - x)
