"""What lies where the mouse was, in the frame that was drawn last: nothing is drawn for that."""

from collections.abc import Hashable, Iterator, Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.panes.pane import Pane
from primitivus.model.screen.borders import Border, position
from primitivus.model.screen.placing import Placed, Placing
from primitivus.model.screen.touch import Choice, Part, Pulled, Spot, Text, Typed
from primitivus.widgets import input as input_line
from primitivus.widgets.drawing.cells import Row, row_width
from primitivus.widgets.drawing.touching import target_at
from primitivus.widgets.popups.box import Box
from primitivus.widgets.terminal.mouse import PRESS, RELEASE, Mouse


class Area(NamedTuple):
    """Where a pane is, or a popup."""

    part: Part
    pane: Pane | None
    column: int
    row: int
    columns: int
    rows: int

    def has(self, column: int, row: int) -> bool:
        right, lower = self.column + self.columns, self.row + self.rows
        return self.column <= column < right and self.row <= row < lower


class Frame(NamedTuple):
    """The rows that were drawn, and what of them is whose.

    The panes have those from `panes` on and the input line those from `typed` on, of the text
    `text`; what lies `over` them is `popup`, or a hint.
    """

    rows: Sequence[Row]
    panes: int
    placing: Placing | None
    typed: int
    text: str
    over: Area | None = None
    popup: Pane | None = None


def area_of(box: Box, popup: Pane | None, first: int, room: int) -> Area:
    """Return where a box lies over the rows from `first` on, of which it has `room`."""
    columns = row_width(box.rows[0]) if box.rows else 0
    rows = min(len(box.rows), room - box.row)
    return Area("over", popup, box.column, first + box.row, columns, rows)


class Pointer:
    """Knows the frame that is on the screen, whoever drew it; None: there is nothing to press."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        # The border that was pressed and isn't let go yet, and where that was.
        self._held: tuple[Border, Mouse] | None = None

    def take(self, key: Mouse) -> Spot | None:
        """Return what an event of the mouse is for: its end, where it has pulled a border."""
        if key == RELEASE:
            return self._let_go(key)
        border = border_at(self.frame, key.column, key.row) if self.frame is not None else None
        self._held = (border, key) if border is not None and key == PRESS else None
        return self.spot(key.column, key.row)

    def _let_go(self, key: Mouse) -> Spot | None:
        held, self._held = self._held, None
        if held is None:
            return None
        border, pressed = held
        by = key.row - pressed.row if border == "above" else key.column - pressed.column
        return Spot("edge", target=Pulled(border, by)) if by else None

    def spot(self, column: int, row: int) -> Spot | None:
        """Return what is drawn there, if that is anything to press."""
        return spot(self.frame, column, row) if self.frame is not None else None


def spot(frame: Frame, column: int, row: int) -> Spot | None:
    """Return what was drawn there; None outside of the frame, and behind what lies over it."""
    if not 0 <= row < len(frame.rows) or not 0 <= column < row_width(frame.rows[row]):
        return None
    area = _area(frame, column, row)
    if area is None:
        return None
    shown = frame.rows[row]
    target, since = target_at(shown, column, area.column, area.column + area.columns)
    at = 0
    if isinstance(target, Text):
        at = input_line.index_at(frame.text, target.start, target.end, column - since)
    elif isinstance(target, Typed):
        behind = input_line.index_at(target.text, 0, len(target.text), column - since)
        at = target.start + behind
    return Spot(area.part, area.pane, target, at, _first(frame, area))


def _area(frame: Frame, column: int, row: int) -> Area | None:
    if frame.over is not None and frame.over.has(column, row):
        return frame.over
    if frame.popup is not None:
        return None
    columns = row_width(frame.rows[row])
    if row >= frame.typed:
        return Area("input", None, 0, row, columns, 1)
    if frame.placing is None:
        return None
    panes = _panes(frame.placing, frame.panes)
    edge = Area("edge", None, 0, row, columns, 1)
    return next((each for each in panes if each.has(column, row)), edge)


def _panes(placing: Placing, top: int) -> Iterator[Area]:
    """Yield where each pane is; between those that stand side by side there is a line."""
    column = 0
    if placing.left is not None:
        yield _pane("side", placing.left, column, top)
        column += placing.left.columns + 1
    row = top
    for placed in placing.mains:
        yield _pane("main", placed, column, row)
        if placing.is_beside:
            column += placed.columns + 1
        else:
            row += placed.rows
    if placing.mains and not placing.is_beside:
        column += placing.mains[0].columns + 1
    if placing.right is not None:
        yield _pane("side", placing.right, column, top)


def _pane(part: Part, placed: Placed, column: int, row: int) -> Area:
    return Area(part, placed.pane, column, row, placed.columns, placed.rows)


def border_at(frame: Frame, column: int, row: int) -> Border | None:
    """Return the border between panes there; of two one above the other, the title of the lower."""
    is_over = frame.over is not None and frame.over.has(column, row)
    if frame.placing is None or is_over or frame.popup is not None:
        return None
    borders = _borders(frame.placing, frame.panes)
    return next((border for border, area in borders if area.has(column, row)), None)


def _borders(placing: Placing, top: int) -> Iterator[tuple[Border, Area]]:
    """Yield where the borders are that can be pulled."""
    areas = {area.pane: area for area in _panes(placing, top)}
    if placing.left is not None and position(placing, "left") is not None:
        yield "left", _behind(areas[placing.left.pane])
    if position(placing, "beside") is not None:
        yield "beside", _behind(areas[placing.mains[0].pane])
    if position(placing, "above") is not None and placing.mains[1].has_title:
        yield "above", areas[placing.mains[1].pane]._replace(rows=1)
    if placing.right is not None and position(placing, "right") is not None:
        area = areas[placing.right.pane]
        yield "right", area._replace(column=area.column - 1, columns=1)


def _behind(area: Area) -> Area:
    """Return where the line is at the right of a pane."""
    return area._replace(column=area.column + area.columns, columns=1)


def _first(frame: Frame, area: Area) -> Hashable:
    """Return what the first entry in view of a list stands for."""
    if area.part != "side":
        return None
    for row in frame.rows[area.row : area.row + area.rows]:
        target, _ = target_at(row, area.column, area.column, area.column + area.columns)
        if isinstance(target, Choice):
            return target.hides or target.what
    return None
