"""The whole screen, put together row by row."""

from functools import lru_cache

import urwid

from primitivus.model.banner import Banner, banner
from primitivus.widgets import bar, contact_list, conversation_list, popups, status
from primitivus.widgets import input as input_line
from primitivus.widgets.areas import (
    MAX_BANNER_ROWS,
    MAX_INPUT_ROWS,
    MIN_COLUMNS,
    MIN_ROWS,
    POPUP_FROM,
    heights,
    message_columns,
    panes,
)
from primitivus.widgets.canvas import RowsCanvas, Runs
from primitivus.widgets.cells import Row, fill, joined, single_line, splice
from primitivus.widgets.look import Look
from primitivus.widgets.message_list import MessageList
from primitivus.widgets.scene import Scene
from primitivus.widgets.wrap import wrap_runs


class Window(urwid.Widget):
    """Draws the state; keys go elsewhere (widgets/keyboard.py)."""

    _sizing = frozenset([urwid.Sizing.BOX])
    _selectable = False
    no_cache = ("render",)

    def __init__(self, scene: Scene, help_key: str = "") -> None:
        super().__init__()
        self.scene = scene
        self.messages = MessageList()
        # Whether the last frame showed messages; on a narrow screen a list may have their place.
        self.has_messages = False
        self._help_key = help_key
        self._runs = Runs()

    def render(self, size: tuple[int, int], focus: bool = False) -> RowsCanvas:  # type: ignore[override]
        columns, height = size
        self.has_messages = False
        if columns < MIN_COLUMNS or height < MIN_ROWS:
            return self._too_small(columns, height)
        rows, cursor = self._rows(columns, height)
        return RowsCanvas(rows, columns, cursor, self._runs)

    def _too_small(self, columns: int, height: int) -> RowsCanvas:
        least = f"{MIN_COLUMNS}x{MIN_ROWS}"
        for text in (f"too small: needs at least {least}", f"needs {least}", least):
            said = wrap_runs(text, [("default", len(text))], max(2, columns))
            if len(said) <= height:
                break
        rows = [fill(row, columns) for row in (*said, *[()] * height)]
        return RowsCanvas(rows[:height], columns, None, self._runs)

    def _rows(self, columns: int, height: int) -> tuple[list[Row], tuple[int, int] | None]:
        scene = self.scene
        told = len(self._banner(columns, MAX_BANNER_ROWS))
        most = heights(height, told, MAX_INPUT_ROWS)
        typed = input_line.draw(scene, columns, most.input)
        most = heights(height, told, len(typed.rows))
        top = [*[bar.draw(scene, columns)] * most.bar, *self._banner(columns, most.banner)]
        below = status.draw(scene, columns, self._help_key)[: most.status]
        middle_height = height - len(top) - len(below) - len(typed.rows)
        middle = self._middle(columns, middle_height)
        cursor = None
        if typed.cursor is not None:
            column, row = typed.cursor
            cursor = (column, len(top) + middle_height + len(below) + row)
        rows = [*top, *middle, *below, *typed.rows]
        is_small = height < POPUP_FROM
        first = 0 if is_small else len(top)
        room = height - len(typed.rows) if is_small else middle_height
        box = popups.draw(scene, columns, room)
        if box is not None:
            for at, line in enumerate(box.rows[: room - box.row], first + box.row):
                rows[at] = splice(rows[at], box.column, line)
            if box.cursor is not None:
                cursor = (box.column + box.cursor[0], first + box.row + box.cursor[1])
        return rows, cursor

    def _banner(self, columns: int, most: int) -> list[Row]:
        """Return what is wrong with the connection on at most so many rows."""
        said = banner(self.scene.state.backend, self.scene.state.account.profile)
        if said is None:
            return []
        rows = _banner_rows(said, columns, most, self.scene.symbols.ellipsis)
        return [fill(row, columns, _style_of(said)) for row in rows]

    def _middle(self, columns: int, height: int) -> list[Row]:
        if self.scene.state.account.profile.is_locked:
            # Nothing of a locked profile is for whoever sits here now.
            return [fill((), columns)] * height
        shown = panes(self.scene.settings, self.scene.state.view.pane, columns)
        parts: list[tuple[list[Row], bool]] = []
        focus = self.scene.state.view.focus
        if shown.conversations:
            drawn = conversation_list.draw(self.scene, shown.conversations, height)
            parts.append((drawn, focus == "conversations"))
        if shown.messages:
            parts.append((self._messages(shown.messages, height), False))
        if shown.contacts:
            drawn = contact_list.draw(self.scene, shown.contacts, height)
            parts.append((drawn, focus == "contacts"))
        return _beside(parts, self.scene)

    def _messages(self, columns: int, height: int) -> list[Row]:
        state = self.scene.state
        chat = state.chat
        if chat is None:
            return _welcome(self.scene, columns, height)
        view, settings = state.view, self.scene.settings
        look = Look(
            columns=message_columns(settings, columns),
            symbols=self.scene.symbols,
            own_nick=single_line(state.account.name(state.account.profile.jid)) or "me",
            peer_name=single_line(state.account.name(chat.peer)),
            timestamps=settings.timestamps,
            short_nicks=settings.short_nicks,
            decorations=settings.decorations,
            time_format=settings.time_format,
            day_format=settings.day_format,
            peer_style=self.scene.nick_style(chat.peer),
        )
        self.has_messages = True
        rows = self.messages.draw(chat, look, height, selected=view.selected_message)
        return [fill(row, columns) for row in rows]


def _style_of(said: Banner) -> str:
    return "banner.info" if said.quiet else "banner.error"


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


def _beside(parts: list[tuple[list[Row], bool]], scene: Scene) -> list[Row]:
    """Return the rows of panes side by side, with a line between them."""
    if len(parts) == 1:
        return parts[0][0]
    rows = []
    for lines in zip(*(drawn for drawn, _ in parts), strict=True):
        row = list(lines[0])
        for number, line in enumerate(lines[1:]):
            is_focused = parts[number][1] or parts[number + 1][1]
            border = (
                ("pane.border.focused", scene.symbols.border_focused)
                if is_focused
                else ("pane.border", scene.symbols.border)
            )
            row += [border, *line]
        rows.append(joined(row))
    return rows


def _welcome(scene: Scene, columns: int, height: int) -> list[Row]:
    text = ""
    if (
        scene.state.account.profile.name
        and scene.state.is_attached
        and not scene.state.account.profile.is_locked
    ):
        text = ":chat ADDRESS opens a conversation, :add ADDRESS adds a contact, F1 helps"
    rows = wrap_runs(text, [("message.info", len(text))], max(4, columns - 2)) if text else []
    padded = [((("default", " "), *row)) for row in rows]
    return [fill(row, columns) for row in ((), *padded, *[()] * height)][:height]
