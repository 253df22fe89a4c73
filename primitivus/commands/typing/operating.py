"""What the operators of vi do with a part of the text that is typed."""

from collections.abc import Callable, Mapping
from typing import Literal

from primitivus.commands.context import Context
from primitivus.commands.panes.panes import go_to
from primitivus.commands.typing.registers import keep
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.line import Stretch
from primitivus.model.editing.motions import on_character
from primitivus.model.editing.registers import COPIED, UNNAMED

Case = Literal["upcase", "downcase", "switch-case"]
Operator = Literal["delete", "change", "copy", Case]
_Operate = Callable[[Context, Editor, Stretch, str], None]


def operate(ctx: Context, editor: Editor, do: Operator, part: Stretch, register: str) -> None:
    """Do this with a part of the editor's text, which is kept where it is to be."""
    _OPERATORS[do](ctx, editor, part, register)
    ctx.edited()


def _delete(ctx: Context, editor: Editor, part: Stretch, register: str) -> None:
    _keep(ctx, editor, part, register)
    start, end = part.start, part.end
    if part.is_lines:
        # With the line end behind them, or the one before the last ones.
        start, end = (start, end + 1) if end < len(editor.text) else (max(0, start - 1), end)
    editor.cut(start, end)
    if ctx.state.mode == "normal":
        editor.move_to(on_character(editor.text, editor.cursor))


def _change(ctx: Context, editor: Editor, part: Stretch, register: str) -> None:
    _keep(ctx, editor, part, register)
    editor.cut(part.start, part.end)
    if ctx.message_chat is not None:
        go_to(ctx, "input")
        ctx.state.show(mode="insert")


def _copy(ctx: Context, editor: Editor, part: Stretch, register: str) -> None:
    _keep(ctx, editor, part, COPIED if register == UNNAMED else register)
    if not part.is_lines:
        editor.move_to(part.start)


def _recase(change: Callable[[str], str]) -> _Operate:
    def recase(_: Context, editor: Editor, part: Stretch, __: str) -> None:
        editor.cut(part.start, part.end, change(editor.text[part.start : part.end]))
        editor.move_to(on_character(editor.text, part.start))

    return recase


def _keep(ctx: Context, editor: Editor, part: Stretch, register: str) -> None:
    text = editor.text[part.start : part.end]
    if text or part.is_lines:
        keep(ctx, editor, f"{text}\n" if part.is_lines else text, register)


_OPERATORS: Mapping[Operator, _Operate] = {
    "delete": _delete,
    "change": _change,
    "copy": _copy,
    "upcase": _recase(str.upper),
    "downcase": _recase(str.lower),
    "switch-case": _recase(str.swapcase),
}
