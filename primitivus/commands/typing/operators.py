"""The operators of vi: what to do with the text between the cursor and where a motion goes."""

from collections.abc import Callable, Mapping
from typing import Literal

from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.panes.panes import go_to
from primitivus.commands.typing.counted import so_often
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.finding import Find, ahead, beyond, landing, seek, span
from primitivus.model.editing.line import Line
from primitivus.model.editing.motions import Motion, Stretch, Taken, go, on_character, stretch

Operator = Literal["move", "delete", "change", "copy"]


@command("move-to", context="line")
async def move_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Move as vi does: by characters, by words, to a place of the line."""
    editor = ctx.editor
    if editor is not None:
        editor.move_to(go(editor.line, where, times))
        ctx.edited()


@command("delete-to", context="line")
async def delete_to(ctx: Context, where: Taken, times: Count = ONCE) -> None:
    """Delete what lies between the cursor and there, for put."""
    if ctx.editor is not None:
        _delete(ctx, ctx.editor, stretch(ctx.editor.line, where, times))


@command("change-to", context="line")
async def change_to(ctx: Context, where: Taken, times: Count = ONCE) -> None:
    """Delete what lies between the cursor and there, for put, and type something else."""
    if ctx.editor is not None:
        _change(ctx, ctx.editor, stretch(ctx.editor.line, where, times))


@command("copy-to", context="line")
async def copy_to(ctx: Context, where: Taken, times: Count = ONCE) -> None:
    """Keep what lies between the cursor and there, for put."""
    if ctx.editor is not None:
        _copy(ctx, ctx.editor, stretch(ctx.editor.line, where, times))


@command("find-char", context="line")
async def find_char(
    ctx: Context,
    do: Operator,
    where: Literal["on", "up-to", "back-on", "back-up-to"],
    char: str,
    times: Count = ONCE,
) -> None:
    """Look for a character in the line: move there, or do so with what lies between.

    `up-to` stops beside it, `back-` looks before the cursor.
    """
    is_back, stops_before = where.startswith("back-"), where.endswith("up-to")
    ctx.found = Find(char, is_back=is_back, stops_before=stops_before)
    if ctx.editor is not None:
        _go_and_do(ctx, ctx.editor, do, ctx.editor.line, ctx.found, times)


@command("find-char-again", context="line")
async def find_char_again(
    ctx: Context, do: Operator, way: Literal["same", "other"], times: Count = ONCE
) -> None:
    """Look once more for the character that `find-char` looked for, or the other way."""
    editor, find = ctx.editor, ctx.found
    if editor is not None and find is not None:
        find = find if way == "same" else find.turned()
        _go_and_do(ctx, editor, do, beyond(editor.line, find), find, times)


@command("replace-char", context="line")
async def replace_char(ctx: Context, char: str, times: Count = ONCE) -> None:
    """Put another character in the place of the one under the cursor."""
    editor = ctx.editor
    end = ahead(editor.line, times) if editor is not None else None
    if editor is not None and end is not None:
        editor.cut(editor.cursor, end, char * times)
        editor.move_to(go(editor.line, "left"))
        ctx.edited()


@command("switch-case", context="line")
async def switch_case(ctx: Context, times: Count = ONCE) -> None:
    """Make small what is large and the other way round, under the cursor, and go on."""
    editor = ctx.editor
    if editor is None:
        return
    start, end = editor.cursor, min(editor.cursor + times, editor.line.line_end)
    if start < end:
        editor.cut(start, end, editor.text[start:end].swapcase())
        editor.move_to(on_character(editor.text, editor.cursor))
        ctx.edited()


@command("join-lines", context="line")
async def join_lines(ctx: Context, times: Count = ONCE) -> None:
    """Make one line of this one and the one below, with a blank between; or of so many."""
    editor = ctx.editor
    if editor is None:
        return
    depth = editor.depth
    for _ in range(max(1, times - 1)):
        text, end = editor.text, editor.line.line_end
        if end == len(text):
            break
        below = text[end + 1 :]
        rest = below.lstrip(" \t")
        is_apart = text[:end].endswith((" ", "\t")) or rest[:1] in ("", "\n", ")")
        editor.cut(end, end + 1 + len(below) - len(rest), "" if is_apart else " ")
        editor.move_to(on_character(editor.text, end))
    editor.join(depth)
    ctx.edited()


@command("put", context="line")
async def put(
    ctx: Context, where: Literal["after", "before"] = "after", times: Count = ONCE
) -> None:
    """Insert what was deleted or kept last behind the cursor or before it; lines below or above."""
    editor = ctx.editor
    if editor is None or not editor.kept:
        return
    line, text = editor.line, so_often(editor, editor.kept, times)
    if not editor.kept.endswith("\n"):
        is_inside = where == "after" and line.cursor < line.line_end
        index = line.right if is_inside else line.cursor
        editor.cut(index, index, text)
        editor.move_to(go(editor.line, "left"))
    elif where == "before":
        editor.cut(line.line_start, line.line_start, text)
        editor.move_to(line.line_start)
    else:
        editor.cut(line.line_end, line.line_end, "\n" + text.removesuffix("\n"))
        editor.move_to(line.line_end + 1)
    ctx.edited()


def _go_and_do(
    ctx: Context, editor: Editor, do: Operator, line: Line, find: Find, times: int
) -> None:
    """Look for a character from where the line says, and do something with what lies between."""
    if seek(line, find, times) is None:
        return
    if do == "move":
        editor.move_to(landing(line, find, times))
        ctx.edited()
        return
    start, end = span(line, find, times)
    here = editor.cursor
    _OPERATORS[do](ctx, editor, Stretch(start, here) if find.is_back else Stretch(here, end))


def _delete(ctx: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    start, end = part.start, part.end
    if part.is_lines:
        # With the line end behind them, or the one before the last ones.
        start, end = (start, end + 1) if end < len(editor.text) else (max(0, start - 1), end)
    editor.cut(start, end)
    if ctx.state.mode == "normal":
        editor.move_to(on_character(editor.text, editor.cursor))
    ctx.edited()


def _change(ctx: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    editor.cut(part.start, part.end)
    if ctx.message_chat is not None:
        go_to(ctx, "input")
        ctx.state.show(mode="insert")
    ctx.edited()


def _copy(ctx: Context, editor: Editor, part: Stretch) -> None:
    _keep(editor, part)
    if not part.is_lines:
        editor.move_to(part.start)
    ctx.edited()


_OPERATORS: Mapping[str, Callable[[Context, Editor, Stretch], None]] = {
    "delete": _delete,
    "change": _change,
    "copy": _copy,
}


def _keep(editor: Editor, part: Stretch) -> None:
    text = editor.text[part.start : part.end]
    if text or part.is_lines:
        editor.keep(f"{text}\n" if part.is_lines else text)
