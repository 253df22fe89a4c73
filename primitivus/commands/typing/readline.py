"""What readline does with a line besides the usual: words, arguments, whatever one sent before."""

from collections.abc import Callable

from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.command import Command, command
from primitivus.commands.context import Context
from primitivus.commands.messages.sending import send
from primitivus.model.editing.argument import Argument, argument_of
from primitivus.model.editing.line import Line
from primitivus.model.editing.words import (
    Edit,
    capitalized,
    lowered,
    raised,
    swapped,
    without_blanks,
)
from primitivus.sentences import tr


def _edit(name: str, doc: str, edit: Callable[[Line], Edit | None]) -> Command:
    """Return a command that changes a part of the line, as often as it is told."""

    async def change(ctx: Context, times: Count = ONCE) -> None:
        editor = ctx.editor
        if editor is None:
            return
        for _ in range(times):
            found = edit(editor.line)
            if found is None:
                break
            editor.cut(*found)
        ctx.edited()

    change.__doc__ = doc
    return command(name, context="line")(change)


upcase_word = _edit("upcase-word", tr("Make capital letters of the word after the cursor."), raised)
downcase_word = _edit(
    "downcase-word", tr("Make small letters of the word after the cursor."), lowered
)
capitalize_word = _edit(
    "capitalize-word",
    tr("Make the first letter of the word after the cursor a capital."),
    capitalized,
)
transpose_words = _edit(
    "transpose-words", tr("Swap the word at the cursor with the one before it."), swapped
)
delete_horizontal_space = _edit(
    "delete-horizontal-space", tr("Delete the blanks around the cursor."), without_blanks
)


@command("revert-line", context="line")
async def revert_line(ctx: Context) -> None:
    """Take back all changes of the line."""
    editor = ctx.editor
    if editor is not None:
        while editor.undo():
            pass
        ctx.edited()


@command("quoted-insert", context="line")
async def quoted_insert(ctx: Context, char: str, times: Count = ONCE) -> None:
    """Put a character into the line, whatever its key is for."""
    _insert(ctx, char * times)


@command("tab-insert", context="line")
async def tab_insert(ctx: Context, times: Count = ONCE) -> None:
    """Put a tab into the line."""
    _insert(ctx, "\t" * times)


@command("history-first", context="line")
async def history_first(ctx: Context) -> None:
    """Go back to what was sent first."""
    editor = ctx.editor
    _show(ctx, editor.history.first(editor.text) if editor is not None else None)


@command("history-last", context="line")
async def history_last(ctx: Context) -> None:
    """Go forward to what you were typing."""
    editor = ctx.editor
    _show(ctx, editor.history.last() if editor is not None else None)


@command("operate-and-get-next", context="line")
async def operate_and_get_next(ctx: Context) -> None:
    """Send what is typed; where it had been sent before, show what was sent after it then."""
    editor = ctx.editor
    if editor is None or not editor.text.strip():
        return
    await send(ctx)
    if ctx.editor is editor and not editor.text:
        _show(ctx, editor.history.following(""))


@command("yank-last-arg", context="line")
async def yank_last_arg(ctx: Context, nth: Count | None = None) -> None:
    """Insert the last word of what was sent before; once more, of what was sent before that."""
    editor = ctx.editor
    if editor is None:
        return
    last, start, back = ctx.argument, editor.cursor, 0
    if last is not None and last.line == editor.line:
        start, back = last.start, last.back + 1
    word, back = argument_of(editor.history.entries, back, nth)
    if word:
        editor.cut(start, editor.cursor, word)
        ctx.edited()
        ctx.argument = Argument(editor.line, start, back)


@command("yank-nth-arg", context="line")
async def yank_nth_arg(ctx: Context, nth: Count = ONCE) -> None:
    """Insert the second word of what was sent before, or the one behind so many."""
    editor = ctx.editor
    if editor is not None:
        _insert(ctx, argument_of(editor.history.entries[-1:], 0, nth)[0])


def _insert(ctx: Context, text: str) -> None:
    editor = ctx.editor
    if editor is not None and text:
        editor.paste(text)
        ctx.edited()


def _show(ctx: Context, text: str | None) -> None:
    editor = ctx.editor
    if editor is not None and text is not None:
        editor.replace(text)
        ctx.edited()
