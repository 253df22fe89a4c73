"""The whole screen, put together row by row."""

from functools import lru_cache

from backendd.api.records import Room
from backendd.api.tuples import NamedTuple
from primitivus.model.files.pictures import Wanted
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.popups.popup import Dialog
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.state import State
from primitivus.model.telling import entrance
from primitivus.model.telling.banner import Banner, banner
from primitivus.sentences import tr
from primitivus.widgets import bar, panes, status
from primitivus.widgets import input as input_line
from primitivus.widgets.areas import (
    MAX_BANNER_ROWS,
    MAX_INPUT_ROWS,
    MIN_COLUMNS,
    MIN_ROWS,
    POPUP_FROM,
    heights,
)
from primitivus.widgets.drawing.canvas import RowsCanvas, Runs
from primitivus.widgets.drawing.cells import Row, fill, single_line, splice
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.message_rows import MessageRows
from primitivus.widgets.pointer import Frame, Pointer, area_of
from primitivus.widgets.popups import hints
from primitivus.widgets.popups.box import Box
from primitivus.widgets.scene import Scene


class Plan(NamedTuple):
    """How the screen is divided: how many rows each part has, from top to bottom."""

    columns: int
    rows: int
    bar: int
    banner: int
    panes: int
    status: int
    typed: input_line.Drawn


class Window:
    """Draws the state: plans, lets the panes know their room, and then changes nothing."""

    def __init__(self, scene: Scene, help_key: str = "", pointer: Pointer | None = None) -> None:
        """`pointer` is told what is drawn."""
        self.scene = scene
        self._pointer = pointer or Pointer()
        self._help_key = help_key
        self._runs = Runs()
        self._laid_out: dict[ConversationPane, MessageRows] = {}

    def measure(self, columns: int, height: int) -> Plan | None:
        """Let the panes know what room there is for them; return how to draw, None: too small."""
        layout = self.scene.state.layout
        if columns < MIN_COLUMNS or height < MIN_ROWS:
            layout.hide()
            return None
        plan = self._plan(columns, height)
        placing = layout.arrange(self.scene.settings, columns, plan.panes)
        self._laid_out = panes.measure(self.scene, placing, self._laid_out)
        if self.scene.state.view.shown_popup is not None:
            self._measure_popup(self.scene.state.view.shown_popup, plan)
        return plan

    def _measure_popup(self, popup: Pane, plan: Plan) -> None:
        from primitivus.widgets.popups import popups

        popups.measure(self.scene, popup, plan.columns, _popup_room(plan))

    def _over(self, plan: Plan) -> Box | None:
        """Return what lies over the panes, if something does."""
        popup, room = self.scene.state.view.shown_popup, _popup_room(plan)
        if popup is None:
            return hints.draw(self.scene, plan.columns, room)
        from primitivus.widgets.popups import popups

        return popups.draw(self.scene, popup, plan.columns, room)

    def draw(self, plan: Plan) -> RowsCanvas:
        """Return all of the screen as it is now."""
        rows, cursor = self._rows(plan)
        box, popup, over = self._over(plan), self.scene.state.view.shown_popup, None
        if box is not None:
            first = 0 if plan.rows < POPUP_FROM else plan.bar + plan.banner
            cursor = _lay_over(self.scene, rows, box, first, _popup_room(plan)) or cursor
            over = area_of(box, popup, first, _popup_room(plan))
        placing, typed = self.scene.state.layout.placing, plan.rows - len(plan.typed.rows)
        above = plan.bar + plan.banner
        self._pointer.frame = Frame(rows, above, placing, typed, plan.typed.text, over, popup)
        return RowsCanvas(rows, plan.columns, cursor, self._runs, self._pictures(box))

    def _pictures(self, box: Box | None) -> list[Wanted]:
        """Return those in view, what lies over the panes first."""
        over = box.pictures if box is not None else ()
        at = self.scene.state.at
        seen = (rows for pane, rows in self._laid_out.items() if not at(pane.place).is_locked)
        beside = panes.pictures(self.scene)
        return [*over, *(each for rows in seen for each in rows.pictures()), *beside]

    def look_ahead(self) -> None:
        """Lay out what is likely to be looked at next."""
        for rows in self._laid_out.values():
            rows.look_ahead()

    def draw_too_small(self, columns: int, height: int) -> RowsCanvas:
        """Return a screen that says how large it has to be."""
        self._pointer.frame = None
        least = f"{MIN_COLUMNS}x{MIN_ROWS}"
        for text in (
            tr("too small: needs at least {least}", least=least),
            tr("needs {least}", least=least),
            least,
        ):
            said = wrap_runs(text, [("default", len(text))], max(2, columns))
            if len(said) <= height:
                break
        rows = [fill(row, columns) for row in (*said, *[()] * height)]
        return RowsCanvas(rows[:height], columns, None, self._runs)

    def _plan(self, columns: int, height: int) -> Plan:
        told = len(self._banner(columns, MAX_BANNER_ROWS))
        most = heights(height, told, MAX_INPUT_ROWS)
        typed = input_line.draw(self.scene, columns, most.input)
        most = heights(height, told, len(typed.rows))
        banner_rows = len(self._banner(columns, most.banner))
        said = min(most.status, status.height(self.scene, columns, self._help_key))
        room = height - most.bar - banner_rows - said - len(typed.rows)
        return Plan(columns, height, most.bar, banner_rows, room, said, typed)

    def _rows(self, plan: Plan) -> tuple[list[Row], tuple[int, int] | None]:
        scene, columns, height = self.scene, plan.columns, plan.rows
        top = [*[bar.draw(scene, columns)] * plan.bar, *self._banner(columns, plan.banner)]
        below = status.draw(scene, columns, self._help_key, plan.status)
        rows = [
            *top,
            *panes.draw(scene, self._laid_out, columns, plan.panes),
            *below,
            *plan.typed.rows,
        ]
        cursor = None
        if plan.typed.cursor is not None:
            column, row = plan.typed.cursor
            cursor = (column, height - len(plan.typed.rows) + row)
        return rows, cursor

    def _banner(self, columns: int, most: int) -> list[Row]:
        """Return what is wrong with the connection on at most so many rows."""
        state = self.scene.state
        said = _worst(banner(state.backend, state.account), _of_room(state))
        is_asked = not state.account.is_open and isinstance(state.view.popup, Dialog)
        if said is None or (is_asked and not state.account.profile.is_locked):
            return []
        rows = _banner_rows(said, columns, most, self.scene.symbols.ellipsis)
        return [fill(row, columns, _style_of(said)) for row in rows]


def _lay_over(
    scene: Scene, rows: list[Row], box: Box, first: int, room: int
) -> tuple[int, int] | None:
    """Lay a box over the rows from `first` on, of which it has `room`; return its cursor."""
    for at, line in enumerate(box.rows[: room - box.row], first + box.row):
        drawn = tuple((scene.over(attribute, "popup"), text) for attribute, text in line)
        rows[at] = splice(rows[at], box.column, drawn)
    if box.cursor is None:
        return None
    column, row = box.cursor
    return box.column + column, first + box.row + row


def _popup_room(plan: Plan) -> int:
    """Return how high popups may be: on a small screen they cover all but the input."""
    return plan.panes if plan.rows >= POPUP_FROM else plan.rows - len(plan.typed.rows)


def _of_room(state: State) -> Banner | None:
    """Return what keeps one out of the room where one is, while one is online."""
    place, account = state.layout.place, state.account
    rooms = account.of(Rooms)
    is_room = account.conversation(place.peer).kind == "room"
    if not is_room or not rooms.are_known or account.profile.state != "online":
        return None
    return entrance.banner(rooms.get(place.peer) or Room(room=place.peer))


def _worst(first: Banner | None, second: Banner | None) -> Banner | None:
    """Return the one that is worse; of two alike the first."""
    if first is None or (second is not None and first.quiet and not second.quiet):
        return second
    return first


def _style_of(said: Banner) -> str:
    return f"banner.{said.tone}"


@lru_cache(maxsize=8)
def _banner_rows(said: Banner, columns: int, most: int, ellipsis: str) -> tuple[Row, ...]:
    """Return as much of what is said as fits: what helps before why it is so."""
    rows: list[Row] = []
    for sentence in said.sentences(ellipsis):
        text = single_line(sentence)
        rows = wrap_runs(text, [(_style_of(said), len(text))], columns - 2)
        if len(rows) <= most:
            break
    return tuple(((_style_of(said), " "), *row) for row in rows[:most])
