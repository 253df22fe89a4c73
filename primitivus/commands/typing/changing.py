"""What the keys of vi change at the cursor, without a motion that says how much."""

from typing import Literal

from primitivus.commands.arguments.types import LAST, ONCE, Count, Register
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.typing.counted import so_often
from primitivus.commands.typing.registers import kept
from primitivus.model.editing.finding import ahead
from primitivus.model.editing.motions import go, on_character


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
    start, many = editor.line.line_start, max(2, times)
    lines = editor.text[start:].split("\n", many)[:many]
    joined, seam = lines[0], 0
    for below in lines[1:]:
        rest, seam = below.lstrip(" \t"), len(joined)
        is_apart = joined[-1:] in ("", " ", "\t") or rest[:1] in ("", ")")
        joined += rest if is_apart else f" {rest}"
    if len(lines) > 1:
        editor.cut(start, start + len("\n".join(lines)), joined)
        editor.move_to(on_character(editor.text, start + seam))
        ctx.edited()


@command("put", context="line")
async def put(
    ctx: Context,
    where: Literal["after", "before"] = "after",
    times: Count = ONCE,
    register: Register = LAST,
) -> None:
    """Insert what was deleted or kept last behind the cursor or before it; lines below or above."""
    editor = ctx.editor
    one = kept(ctx, editor, register) if editor is not None else ""
    if editor is None or not one:
        return
    line, text = editor.line, so_often(editor, one, times)
    if not one.endswith("\n"):
        is_inside = where == "after" and line.cursor < line.line_end
        index = line.right if is_inside else line.cursor
        editor.cut(index, index, text)
        editor.move_to(index if "\n" in text else go(editor.line, "left"))
    elif where == "before":
        editor.cut(line.line_start, line.line_start, text)
        editor.move_to(line.line_start)
    else:
        editor.cut(line.line_end, line.line_end, "\n" + text.removesuffix("\n"))
        editor.move_to(line.line_end + 1)
    ctx.edited()
