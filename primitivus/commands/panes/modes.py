"""Modes and the two keys that mean what is expected: Enter and Esc."""

from contextlib import nullcontext
from typing import Literal

from primitivus.commands.arguments.types import ONCE, Count, Rest
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, nothing_matches
from primitivus.commands.panes.panes import go_to
from primitivus.model.accounts.acting import acting_as
from primitivus.model.area import Area
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.motions import go
from primitivus.model.editing.purpose import SAYING
from primitivus.model.panes.post import PostPane
from primitivus.model.popups.popup import Dialog
from primitivus.sentences import tr


@command("mode")
async def mode(
    ctx: Context,
    name: Literal["normal", "insert", "command"],
    where: Literal["", "after", "below", "above", "start", "end", "back", "over"] = "",
    times: Count = ONCE,
) -> None:
    """Change the mode: in insert mode keys type a message, in command mode a command.

    What follows says where the cursor goes; `back` is one character back, as Esc of vi. With
    `over` what is typed takes the place of what is there, which Backspace brings back. With a
    count, what is typed in insert mode is there so many times when Esc leaves it.
    """
    del times  # it is read of what is recorded of this command (recording.py)
    if name == "insert":
        ctx.state.showing.unselect()
        go_to(ctx, "input")
        ctx.state.show(mode="insert", is_over=where == "over")
        _place_cursor(ctx, where)
    elif name == "command":
        ctx.state.notices.forget_answer()
        ctx.state.command_line.reset()
        ctx.state.show(mode="command")
    else:
        _place_cursor(ctx, where)
        ctx.state.show(mode="normal")
        _stop_writing(ctx)
    ctx.edited()


@command("prompt")
async def prompt(ctx: Context, line: Rest) -> None:
    """Begin a command line with this text, for the rest to be typed."""
    ctx.state.notices.forget_answer()
    ctx.state.command_line.reset(f"{line} ")
    ctx.state.show(mode="command")
    ctx.edited()


@command("cancel")
async def cancel(ctx: Context) -> None:
    """Close what is open: a popup, the command line, a selection, an edit, a reply.

    A program that runs for a command, such as the one of :paste-image, is ended.
    """
    view = ctx.state.view
    if view.shown_popup is not None:
        _close(ctx, view.shown_popup)
    elif view.mode == "command":
        ctx.state.show(mode="normal", mode_after="normal")
    elif ctx.running:
        ctx.running[-1]()
    elif _stop_writing(ctx) or ctx.pane.leave():
        ctx.state.changed(Area.VIEW)
    elif ctx.pane.exit:
        await ctx.screen.run_line(ctx.pane.exit)
    elif ctx.state.layout.focus != "input":
        go_to(ctx, "input")
    elif not leave_purpose(ctx):
        ctx.state.notices.clear()
    ctx.edited()


def leave_purpose(ctx: Context) -> bool:
    """Have what is typed answer and change nothing any more; return whether it did."""
    chat, main = ctx.state.chat, ctx.state.layout.main
    if chat is not None and chat.purpose is not SAYING:
        chat.leave()
    elif isinstance(main, PostPane) and main.draft is not None and main.draft.answered.id:
        main.draft.begin(None)
    else:
        return False
    return True


def _stop_writing(ctx: Context) -> bool:
    """Go back to what is read from writing to it; return whether one was."""
    layout = ctx.state.layout
    is_writing = layout.context == "input" and bool(layout.main.exit)
    if is_writing:
        go_to(ctx, "messages")
    return is_writing


def _close(ctx: Context, popup: object) -> None:
    if isinstance(popup, Dialog):
        popup.give_up()
    ctx.state.close_popup()


@command("enter")
async def enter(ctx: Context) -> None:
    """Do what is expected: run the command, open what is selected, go on in a form."""
    view = ctx.state.view
    popup = view.shown_popup
    if isinstance(popup, Dialog):
        if not popup.is_busy and popup.go_on():
            _hand_over(ctx, popup)
        ctx.edited()
    elif popup is None and view.mode == "command":
        await _run_command_line(ctx)
    else:
        await _open_chosen(ctx)


@command("submit")
async def submit(ctx: Context) -> None:
    """Hand a form over, from whichever field one is in."""
    popup = ctx.state.view.shown_popup
    if not isinstance(popup, Dialog):
        raise CommandError(tr("no form is open"))
    if not popup.is_busy:
        popup.to_button()
    _hand_over(ctx, popup)
    ctx.edited()


async def _run_command_line(ctx: Context) -> None:
    line = ctx.state.command_line.take()
    ctx.state.show(mode=ctx.state.view.mode_after, mode_after="normal")
    left = await ctx.screen.run_line(line) if line.strip() else ""
    if left not in ("", line):
        ctx.state.command_line.history.add(left)


async def _open_chosen(ctx: Context) -> None:
    pane = ctx.pane
    line, whose = pane.enter(), pane.whose
    if not line and pane.editor is not None and pane.editor.text:
        raise nothing_matches(pane.editor.text)
    if line and pane.closes:
        ctx.state.close_popup()
    if line:
        with acting_as(whose) if whose else nullcontext():
            await ctx.screen.run_line(line)


def _place_cursor(ctx: Context, where: str) -> None:
    editor = ctx.editor
    if editor is None:
        return
    match where:
        case "after":
            editor.right()
        case "back":
            editor.move_to(go(editor.line, "left"))
        case "start":
            editor.line_start()
        case "end":
            editor.line_end()
        case "below" | "above":
            _open_line(editor, is_above=where == "above")


def _open_line(editor: Editor, *, is_above: bool) -> None:
    """Put the cursor into an empty line beside its own, which in an empty text is one already."""
    if is_above:
        editor.line_start()
    else:
        editor.line_end()
    if editor.text:
        editor.newline()
    if is_above:
        editor.up()


def _hand_over(ctx: Context, dialog: Dialog) -> None:
    """Give what is filled in to who asked, unless something is missing."""
    if dialog.is_busy or dialog.answer is None:
        return
    dialog.error = dialog.missing()
    if not dialog.error and not dialog.answer.done():
        dialog.is_busy = True
        # Whoever asked goes on first.
        dialog.answer.add_done_callback(ctx.waiting.begin())
        dialog.answer.set_result(dialog.values())
