"""Making the last change of the text in the input once more, as `.` of vi does."""

from primitivus.commands.arguments.types import Count
from primitivus.commands.command import Command, command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.recording import Begun, Change, Recorder
from primitivus.commands.registry import Invocation, run
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.motions import go
from primitivus.model.editing.typed import type_again
from primitivus.sentences import tr

# Commands of the line whose change is none to be made again, nor a part of what is being typed:
# the text goes away with them, or another one comes.
_ANOTHER_TEXT = frozenset(
    {
        "clear-input",
        "history-first",
        "history-last",
        "history-next",
        "history-previous",
        "history-search",
        "operate-and-get-next",
        "repeat-change",
        "send",
    }
)
# Those that are a part of what is being typed, and by themselves no change to be made again.
_OF_TYPING = frozenset({"complete", "redo", "revert-line", "undo"})
# The one that goes on with what is typed, also where each command is a change.
_RUBOUT = "backward-delete-char"


@command("repeat-change", context="line")
async def repeat_change(ctx: Context, times: Count | None = None) -> None:
    """Make the last change of the text once more: what changed it, and what was typed then.

    A count takes the place of the one that it was made with. Undo takes it back in one go.
    """
    change, editor = _last(ctx), _written(ctx)
    if editor is None:
        return
    if change is None:
        ctx.state.say(tr("no change to repeat yet"))
        return
    if times is not None:
        change = change.counted(times)
    typed = change.typed_in(editor)
    mode, depth = ctx.state.view.mode, editor.depth
    is_left = ctx.state.mode == "normal"
    if change.invocation is not None:
        await run(change.invocation, ctx)
        is_left = is_left and ctx.state.mode == "insert"
    type_again(editor, typed)
    ctx.recorder.last = change
    if is_left:
        editor.move_to(go(editor.line, "left"))
    ctx.state.show(mode=mode)
    editor.join(depth)
    ctx.edited()


def _last(ctx: Context) -> Change | None:
    """Return the last change; none of an account that is locked, whose text nobody may see."""
    change = ctx.recorder.last
    account = ctx.state.accounts.get(change.account) if change is not None else None
    return change if account is not None and not account.is_locked else None


def record_typing(ctx: Context) -> None:
    """Take note that a text is about to be put where one types."""
    editor = _written(ctx)
    if editor is not None and not ctx.recorder.is_typing(editor):
        ctx.recorder.begin(_begun(ctx, editor))


async def run_recorded(invocation: Invocation, ctx: Context) -> None:
    """Run a command as `run` does, and take down what it changes of the text in the input.

    Where a register was said before, it is about that.
    """
    named, ctx.register = ctx.register, None
    if named is not None:
        invocation = invocation.with_register(*named)
    editor = ctx.state.typed
    if editor is None or not _may_change(invocation.command):
        ctx.recorder.finish()
        await run(invocation, ctx)
        return
    goes_on = _goes_on(ctx, invocation.command.name, editor)
    if goes_on:
        ctx.recorder.note()
    else:
        await _finish(ctx, invocation)
    before, was_inserting = _begun(ctx, editor), _is_inserting(ctx)
    await run(invocation, ctx)
    if _written(ctx) is not editor:
        ctx.recorder.stop()
    elif goes_on:
        _go_on(ctx.recorder, before)
    else:
        is_begun = _is_inserting(ctx) and not was_inserting
        _take_down(ctx.recorder, before, invocation, is_begun=is_begun)


async def _finish(ctx: Context, invocation: Invocation) -> None:
    """Have what was typed be over; where insert mode is left it is, whatever comes of a count."""
    is_left = invocation.command.name == "mode"
    try:
        ctx.recorder.finish(is_left=is_left)
    except CommandError:
        await run(invocation, ctx)
        raise


def _go_on(recorder: Recorder, before: Begun) -> None:
    """Have what is typed go on behind a change; where the cursor only moved, it is over."""
    if before.editor.text == before.line.text:
        if before.editor.line != before.line:
            recorder.stop()
    elif not recorder.is_typing(before.editor):
        recorder.begin(before)


def _take_down(
    recorder: Recorder, before: Begun, invocation: Invocation, *, is_begun: bool
) -> None:
    """Keep a command that changed the text, or with which one began to type."""
    editor = before.editor
    is_change = editor.text != before.line.text
    if is_begun:
        begun = before._replace(line=editor.line, invocation=invocation, is_change=is_change)
        recorder.begin(begun)
    elif is_change and invocation.command.name not in _OF_TYPING:
        recorder.made(invocation, before.account)


def _begun(ctx: Context, editor: Editor) -> Begun:
    return Begun(ctx.state.layout.place.account, editor, editor.line, editor.depth)


def _may_change(command: Command) -> bool:
    is_of_line = command.context == "line" and command.name not in _ANOTHER_TEXT
    return is_of_line or command.name == "mode"


def _written(ctx: Context) -> Editor | None:
    """Return the editor of the message or the comment, if keys are for that."""
    state = ctx.state
    is_in_input = state.view.shown_popup is None and state.layout.context == "input"
    return state.typed if is_in_input and state.view.mode != "command" else None


def _is_inserting(ctx: Context) -> bool:
    """Return whether what is done is a part of what is typed, until insert mode is left."""
    return ctx.state.view.is_modal and ctx.state.mode == "insert"


def _goes_on(ctx: Context, name: str, editor: Editor) -> bool:
    if name == "mode" or _written(ctx) is not editor:
        return False
    return _is_inserting(ctx) or (name == _RUBOUT and ctx.recorder.is_typing(editor))
