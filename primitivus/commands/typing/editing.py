"""Editing the line one types in: the message, the command line, a field."""

from collections.abc import Callable
from typing import Literal

from primitivus.client.apart import apart
from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.command import Command, command
from primitivus.commands.context import Context
from primitivus.commands.line.complete import Completion, Written, begun_command, unfinished
from primitivus.commands.line.completers import complete_written
from primitivus.commands.line.cycle import Cycle
from primitivus.commands.panes.modes import leave_purpose
from primitivus.commands.typing.counted import so_often
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.overtyping import taken_back
from primitivus.model.popups.popup import Dialog
from primitivus.sentences import tr


def _operation(name: str, doc: str, do: Callable[[Editor], object], turn: int = 0) -> Command:
    """Return a command that does one thing to the line, as often as it is told.

    `turn`: where nothing is typed it goes so far to what stands beside.
    """

    async def operate(ctx: Context, times: Count = ONCE) -> None:
        editor = ctx.editor
        if editor is None and not turn:
            return
        for _ in range(times):
            do(editor) if editor is not None else ctx.pane.turn(turn)
        ctx.edited()

    operate.__doc__ = doc
    return command(name, context="line")(operate)


backward_char = _operation("backward-char", tr("Move back one character."), Editor.left, turn=-1)
forward_char = _operation("forward-char", tr("Move forward one character."), Editor.right, turn=1)
backward_word = _operation("backward-word", tr("Move back one word."), Editor.word_left)
forward_word = _operation("forward-word", tr("Move forward one word."), Editor.word_right)
beginning_of_line = _operation(
    "beginning-of-line", tr("Move to the start of the line."), Editor.line_start
)
end_of_line = _operation("end-of-line", tr("Move to the end of the line."), Editor.line_end)
delete_char = _operation("delete-char", tr("Delete the character under the cursor."), Editor.delete)
kill_line = _operation(
    "kill-line", tr("Delete to the end of the line, for yank."), Editor.kill_line
)
kill_to_start = _operation(
    "kill-to-start", tr("Delete to the start of the line, for yank."), Editor.kill_to_start
)
kill_whole_line = _operation(
    "kill-whole-line", tr("Delete the whole line, for yank."), Editor.kill_whole_line
)
kill_word = _operation(
    "kill-word", tr("Delete the word after the cursor, for yank."), Editor.kill_word
)
backward_kill_word = _operation(
    "backward-kill-word", tr("Delete the word before the cursor, for yank."), Editor.kill_word_back
)
yank_pop = _operation(
    "yank-pop", tr("After yank: insert what was deleted before that."), Editor.yank_pop
)
transpose_chars = _operation(
    "transpose-chars", tr("Swap the two characters before the cursor."), Editor.transpose
)
undo = _operation("undo", tr("Take back the last change of the line."), Editor.undo)
redo = _operation("redo", tr("Do again what was undone."), Editor.redo)
newline = _operation("newline", tr("Begin a new line in the message."), Editor.newline)


@command("backward-delete-char", context="line")
async def backward_delete_char(ctx: Context, times: Count = ONCE) -> None:
    """Delete the character before the cursor."""
    editor = ctx.editor
    if editor is None:
        return
    begun, is_over = ctx.recorder.begun_at(editor), ctx.state.overtypes
    for _ in range(times):
        if is_over:
            line = taken_back(begun, editor.line)
            editor.replace(line.text, line.cursor)
        else:
            editor.backspace()
    ctx.edited()


@command("yank", context="line")
async def yank(ctx: Context, times: Count = ONCE) -> None:
    """Insert what was deleted last."""
    editor = ctx.editor
    if editor is not None:
        editor.yank(so_often(editor, editor.kept, times))
        ctx.edited()


@command("history-previous", context="line")
async def history_previous(ctx: Context) -> None:
    """Go one line up, or back to what was typed before."""
    editor = ctx.editor
    if editor is not None and (editor.up() or editor.history_previous()):
        ctx.edited()


@command("history-next", context="line")
async def history_next(ctx: Context) -> None:
    """Go one line down, or forward to what was typed after."""
    editor = ctx.editor
    if editor is not None and (editor.down() or editor.history_next()):
        ctx.edited()


@command("complete", context="line")
async def complete(ctx: Context, direction: Literal["forward", "back"] = "forward") -> None:
    """Complete the word before the cursor; `complete back` goes back through the candidates.

    In a message: a `/command` and its arguments, an emoji by some letters of its name behind a
    colon, as `:thumb`, and in a room a nick, by itself or behind an @.
    """
    editor = ctx.editor
    if editor is None or isinstance(ctx.state.view.shown_popup, Dialog):
        return
    if editor is ctx.pane.editor and ctx.pane.complete(-1 if direction == "back" else 1):
        ctx.edited()
        return
    line, cursor = editor.text, editor.cursor
    cycle = ctx.cycle
    if cycle is None or not cycle.is_at(line, cursor):
        cycle = Cycle(await _completion(ctx, line, cursor))
        if (ctx.editor, editor.text, editor.cursor) != (editor, line, cursor):
            return  # somebody was quicker than the disk
    text, place = cycle.previous() if direction == "back" else cycle.next()
    if (text, place) != (line, cursor):
        editor.replace(text, place)
    ctx.edited()
    ctx.cycle = cycle
    several = cycle.candidates if len(cycle.candidates) > 1 else ()
    hints = tuple((each.text, each.description) for each in several)
    ctx.state.show(typed_keys="", hints=hints, chosen_hint=cycle.index)


async def _completion(ctx: Context, line: str, cursor: int) -> Completion:
    contexts = ctx.screen.contexts()
    written = Written(line, cursor, ctx, ctx.registry, contexts)
    is_command_line = ctx.state.view.mode == "command"
    begun = (
        unfinished(ctx.registry, line, cursor, ctx, contexts)
        if is_command_line
        else begun_command(written)
    )
    if begun is not None and begun.reads_disk:
        with ctx.waiting.keys():
            return await apart(begun.complete)
    return begun.complete() if begun is not None and is_command_line else complete_written(written)


@command("clear-input", context="line")
async def clear_input(ctx: Context) -> None:
    """Discard all that is typed; undo brings it back.

    Where nothing is typed, what stands above the line is taken away: an answer, an edit.
    """
    editor = ctx.editor
    if editor is not None and editor.text:
        editor.replace("")
    elif not leave_purpose(ctx):
        ctx.state.say(tr("nothing is typed; :quit leaves"))
        return
    ctx.edited()


@command("editor")
async def editor(ctx: Context) -> None:
    """Write the message or the comment in your editor; it comes back when you are done."""
    written = ctx.state.typed
    if written is None or not ctx.state.layout.main.has_input:
        return
    text = await ctx.screen.edit(written.text)
    if text != written.text:
        written.replace(text)
    ctx.edited()
