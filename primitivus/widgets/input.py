"""The input: the message or the command being typed, and where its cursor is."""

from dataclasses import dataclass

from primitivus.widgets.cells import Row, clusters, fill, printable, width
from primitivus.widgets.scene import Scene


@dataclass(frozen=True, slots=True)
class Drawn:
    """Some rows, and the column and row of the cursor in them, if it is there."""

    rows: list[Row]
    cursor: tuple[int, int] | None = None


def draw(scene: Scene, columns: int, max_rows: int) -> Drawn:
    """Return the input line, grown to as many rows as its text needs."""
    view = scene.state.view
    if view.mode == "command":
        editor, prompt, style = scene.state.command_line, ":", "input.command"
    else:
        chat = scene.state.chat
        if chat is None:
            return _empty(scene, columns)
        editor, prompt, style = chat.editor, f"{scene.symbols.prompt} ", "input"
    indent = width(prompt) + 1
    laid = lay_out(editor.text, editor.cursor, max(4, columns - indent - 1))
    top = max(0, min(laid.cursor_row - max_rows + 1, len(laid.rows) - max_rows))
    rows = []
    for number, text in enumerate(laid.rows[top : top + max_rows]):
        sign = prompt if number + top == 0 else " " * width(prompt)
        rows.append(fill((("input.prompt", f" {sign}"), (style, text)), columns, "input"))
    is_typed = view.mode == "command" or view.pane == "input"
    cursor = (indent + laid.cursor_column, laid.cursor_row - top)
    return Drawn(rows, cursor if is_typed and view.shown_popup is None else None)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A text broken into rows, and where its cursor is among them."""

    rows: list[str]
    cursor_column: int
    cursor_row: int


def lay_out(text: str, cursor: int, columns: int) -> LaidOut:
    """Return `text` in rows of `columns`, broken anywhere, so that what is typed never jumps."""
    rows: list[str] = [""]
    used = 0
    place = 0
    where = (0, 0)
    for cluster, columns_of_it in clusters(text):
        if cluster == "\n":
            if place == cursor:
                where = (used, len(rows) - 1)
            rows.append("")
            used = 0
        else:
            shown = printable(cluster)
            columns_of_it = width(shown)
            if used + columns_of_it > columns:
                rows.append("")
                used = 0
            if place == cursor:
                where = (used, len(rows) - 1)
            rows[-1] += shown
            used += columns_of_it
        place += len(cluster)
    if cursor >= len(text):
        if used >= columns:
            rows.append("")
            used = 0
        where = (used, len(rows) - 1)
    return LaidOut(rows, *where)


def _empty(scene: Scene, columns: int) -> Drawn:
    hint = f" {scene.symbols.prompt} "
    return Drawn([fill((("input.prompt", hint),), columns, "input")])
