"""The operators of vi: what to do with the text between the cursor and where a motion goes."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.panes import go_to
from primitivus.commands.types import ONCE, Count
from primitivus.model.editor import Editor
from primitivus.model.motions import Motion, Stretch, go, on_character, stretch


@command("move-to", context="line")
async def move_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Move as vi does: by characters, by words, to a place of the line."""
    editor = ctx.editor
    if editor is not None:
        editor.move_to(go(editor.line, where, times))
        ctx.edited()


@command("delete-to", context="line")
async def delete_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Delete what lies between the cursor and there, for put."""
    editor = ctx.editor
    if editor is None:
        return
    part = stretch(editor.line, where, times)
    _keep(editor, part)
    start, end = part.start, part.end
    if part.is_lines:
        # With the line end behind them, or the one before the last ones.
        start, end = (start, end + 1) if end < len(editor.text) else (max(0, start - 1), end)
    editor.cut(start, end)
    if ctx.state.mode == "normal":
        editor.move_to(on_character(editor.text, editor.cursor))
    ctx.edited()


@command("change-to", context="line")
async def change_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Delete what lies between the cursor and there, for put, and type something else."""
    editor = ctx.editor
    if editor is None:
        return
    part = stretch(editor.line, where, times)
    _keep(editor, part)
    editor.cut(part.start, part.end)
    if ctx.message_chat is not None:
        go_to(ctx, "input")
        ctx.state.show(mode="insert")
    ctx.edited()


@command("copy-to", context="line")
async def copy_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Keep what lies between the cursor and there, for put."""
    editor = ctx.editor
    if editor is None:
        return
    part = stretch(editor.line, where, times)
    _keep(editor, part)
    if not part.is_lines:
        editor.move_to(part.start)
    ctx.edited()


@command("put", context="line")
async def put(
    ctx: Context, where: Literal["after", "before"] = "after", times: Count = ONCE
) -> None:
    """Insert what was deleted or kept last behind the cursor or before it; lines below or above."""
    editor = ctx.editor
    if editor is None or not editor.kept:
        return
    line, text = editor.line, editor.kept * times
    if not editor.kept.endswith("\n"):
        is_inside = where == "after" and line.cursor < line.line_end
        index = line.right if is_inside else line.cursor
        editor.cut(index, index, text)
    elif where == "before":
        editor.cut(line.line_start, line.line_start, text)
        editor.move_to(line.line_start)
    else:
        editor.cut(line.line_end, line.line_end, "\n" + text.removesuffix("\n"))
        editor.move_to(line.line_end + 1)
    ctx.edited()


def _keep(editor: Editor, part: Stretch) -> None:
    text = editor.text[part.start : part.end]
    if text or part.is_lines:
        editor.keep(f"{text}\n" if part.is_lines else text)
