"""The motions and operators of vi: what is done with the text between the cursor and a place."""

from typing import Literal

from primitivus.commands.arguments.types import LAST, ONCE, Count, Register
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.typing.operating import Case, Operator, operate
from primitivus.model.editing.finding import Find, beyond, landing, seek, span
from primitivus.model.editing.line import Line, Stretch
from primitivus.model.editing.motions import Motion, Taken, go, stretch
from primitivus.model.editing.pairs import enclosed as stretch_in
from primitivus.model.editing.pairs import is_pair
from primitivus.sentences import tr


@command("move-to", context="line")
async def move_to(ctx: Context, where: Motion, times: Count = ONCE) -> None:
    """Move as vi does: by characters, by words, to a place of the line."""
    editor = ctx.editor
    if editor is not None:
        editor.move_to(go(editor.line, where, times))
        ctx.edited()


@command("delete-to", context="line")
async def delete_to(
    ctx: Context, where: Taken, times: Count = ONCE, register: Register = LAST
) -> None:
    """Delete what lies between the cursor and there, for put."""
    _operate_to(ctx, "delete", where, times, register)


@command("change-to", context="line")
async def change_to(
    ctx: Context, where: Taken, times: Count = ONCE, register: Register = LAST
) -> None:
    """Delete what lies between the cursor and there, for put, and type something else."""
    _operate_to(ctx, "change", where, times, register)


@command("copy-to", context="line")
async def copy_to(
    ctx: Context, where: Taken, times: Count = ONCE, register: Register = LAST
) -> None:
    """Keep what lies between the cursor and there, for put."""
    _operate_to(ctx, "copy", where, times, register)


@command("recase-to", context="line")
async def recase_to(ctx: Context, case: Case, where: Taken, times: Count = ONCE) -> None:
    """Make capital letters of what lies between the cursor and there, small ones, or the other."""
    _operate_to(ctx, case, where, times, LAST)


@command("enclosed", context="line")
async def enclosed(
    ctx: Context,
    do: Operator,
    where: Literal["inside", "whole"],
    char: str,
    times: Count = ONCE,
    register: Register = LAST,
) -> None:
    """Do so with what stands around the cursor between brackets, or in the line between quotes.

    The character says which: `"`, `'` or a backquote, one of `()[]{}<>`, or `b` and `B` for round
    and curly brackets. `whole` takes them along, and the blanks beside quotes.
    """
    if not is_pair(char):
        raise CommandError(tr('"{char}" is no quote and no bracket', char=char))
    editor = ctx.editor
    if editor is not None:
        part = stretch_in(editor.line, char, times, is_whole=where == "whole")
        if part is not None:
            operate(ctx, editor, do, part, register)


@command("find-char", context="line")
async def find_char(
    ctx: Context,
    do: Literal["move", Operator],
    where: Literal["on", "up-to", "back-on", "back-up-to"],
    char: str,
    times: Count = ONCE,
    register: Register = LAST,
) -> None:
    """Look for a character in the line: move there, or do so with what lies between.

    `up-to` stops beside it, `back-` looks before the cursor.
    """
    is_back, stops_before = where.startswith("back-"), where.endswith("up-to")
    ctx.found = Find(char, is_back=is_back, stops_before=stops_before)
    if ctx.editor is not None:
        _go_and_do(ctx, ctx.editor.line, ctx.found, times, do, register)


@command("find-char-again", context="line")
async def find_char_again(
    ctx: Context,
    do: Literal["move", Operator],
    way: Literal["same", "other"],
    times: Count = ONCE,
    register: Register = LAST,
) -> None:
    """Look once more for the character that `find-char` looked for, or the other way."""
    editor, find = ctx.editor, ctx.found
    if editor is not None and find is not None:
        find = find if way == "same" else find.turned()
        _go_and_do(ctx, beyond(editor.line, find), find, times, do, register)


def _operate_to(ctx: Context, do: Operator, where: Taken, times: int, register: str) -> None:
    if ctx.editor is not None:
        operate(ctx, ctx.editor, do, stretch(ctx.editor.line, where, times), register)


def _go_and_do(
    ctx: Context, line: Line, find: Find, times: int, do: Literal["move", Operator], register: str
) -> None:
    """Look for a character from where the line says, and do something with what lies between."""
    editor = ctx.editor
    if editor is None or seek(line, find, times) is None:
        return
    if do == "move":
        editor.move_to(landing(line, find, times))
        ctx.edited()
        return
    start, end = span(line, find, times)
    here = editor.cursor
    part = Stretch(start, here) if find.is_back else Stretch(here, end)
    operate(ctx, editor, do, part, register)
