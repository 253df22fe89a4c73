"""What the operators of vi do with a part of the text that is typed."""

from collections.abc import Callable, Mapping
from typing import Literal

from primitivus.commands.context import Context
from primitivus.commands.panes.panes import go_to
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.line import Stretch
from primitivus.model.editing.motions import on_character

Case = Literal["upcase", "downcase", "switch-case"]
Operator = Literal["delete", "change", "copy", Case]


def operate(ctx: Context, editor: Editor, do: Operator, part: Stretch) -> None:
    """Do this with a part of the editor's text."""
    _OPERATORS[do](ctx, editor, part)
    ctx.edited()


def _delete(ctx: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    start, end = part.start, part.end
    if part.is_lines:
        # With the line end behind them, or the one before the last ones.
        start, end = (start, end + 1) if end < len(editor.text) else (max(0, start - 1), end)
    editor.cut(start, end)
    if ctx.state.mode == "normal":
        editor.move_to(on_character(editor.text, editor.cursor))


def _change(ctx: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    editor.cut(part.start, part.end)
    if ctx.message_chat is not None:
        go_to(ctx, "input")
        ctx.state.show(mode="insert")


def _copy(_: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    if not part.is_lines:
        editor.move_to(part.start)


def _recase(change: Callable[[str], str]) -> Callable[[Context, Editor, Stretch], None]:
    def recase(_: Context, editor: Editor, part: Stretch) -> None:
        editor.cut(part.start, part.end, change(editor.text[part.start : part.end]))
        editor.move_to(on_character(editor.text, part.start))

    return recase


def _keep(editor: Editor, part: Stretch) -> None:
    text = editor.text[part.start : part.end]
    if text or part.is_lines:
        editor.keep(f"{text}\n" if part.is_lines else text)


_OPERATORS: Mapping[Operator, Callable[[Context, Editor, Stretch], None]] = {
    "delete": _delete,
    "change": _change,
    "copy": _copy,
    "upcase": _recase(str.upper),
    "downcase": _recase(str.lower),
    "switch-case": _recase(str.swapcase),
}
