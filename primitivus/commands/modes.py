"""Modes and the two keys that mean what is expected: Enter and Esc."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import show
from primitivus.commands.errors import CommandError
from primitivus.commands.sending import selected
from primitivus.commands.types import Rest
from primitivus.commands.words import quote
from primitivus.model.address import with_meaning
from primitivus.model.listing import Listing
from primitivus.model.motions import go
from primitivus.model.place import Place
from primitivus.model.popup import Dialog, Overlay, Switcher
from primitivus.model.times import moment


@command("mode")
async def mode(
    ctx: Context,
    name: Literal["normal", "insert", "command"],
    where: Literal["", "after", "below", "start", "end", "back"] = "",
) -> None:
    """Change the mode: in insert mode keys type a message, in command mode a command.

    What follows says where the cursor goes; `back` is one character back, as Esc of vi.
    """
    if name == "insert":
        ctx.state.show(mode="insert", pane="input", selected_message=0)
        _place_cursor(ctx, where)
    elif name == "command":
        ctx.state.command_line.reset()
        ctx.state.show(mode="command")
    else:
        _place_cursor(ctx, where)
        ctx.state.show(mode="normal")
    ctx.edited()


@command("prompt")
async def prompt(ctx: Context, line: Rest) -> None:
    """Begin a command line with this text, for the rest to be typed."""
    ctx.state.command_line.reset(f"{line} ")
    ctx.state.show(mode="command")
    ctx.edited()


@command("cancel")
async def cancel(ctx: Context) -> None:
    """Leave what is open: a popup, the command line, a selection."""
    view = ctx.state.view
    popup = view.shown_popup
    if isinstance(popup, Dialog) and popup.answer is not None and not popup.answer.done():
        popup.answer.set_result(None)
    if popup is not None:
        ctx.state.close_popup()
    elif view.mode == "command":
        ctx.state.show(mode="normal")
    elif view.selected_message:
        ctx.state.show(selected_message=0)
    elif view.pane != "input":
        ctx.state.show(pane="input")
    else:
        ctx.state.hush()
    ctx.edited()


@command("enter")
async def enter(ctx: Context) -> None:
    """Do what is expected: run the command, open what is selected, go on in a form."""
    view = ctx.state.view
    popup = view.shown_popup
    if isinstance(popup, Dialog):
        _answer(ctx, popup)
    elif isinstance(popup, Switcher):
        await _choose(ctx, popup)
    elif isinstance(popup, Listing):
        await _run_chosen(ctx, popup)
    elif popup is not None:
        ctx.state.close_popup()
    elif view.mode == "command":
        await _run_command_line(ctx)
    else:
        await _open_selected(ctx)


async def _run_command_line(ctx: Context) -> None:
    line = ctx.state.command_line.take()
    ctx.state.show(mode="normal")
    if line.strip():
        await ctx.screen.run_line(line)


async def _open_selected(ctx: Context) -> None:
    view = ctx.state.view
    if view.pane == "conversations" and view.listed.peer:
        await show(ctx, view.listed)
    elif view.pane == "contacts" and view.listed_contact.peer:
        await _chat(ctx, view.listed_contact)
    elif view.pane == "messages":
        _details(ctx)


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
        case "below":
            editor.text_end()
            if editor.text:
                editor.newline()


def _answer(ctx: Context, dialog: Dialog) -> None:
    """Go to the next field, or hand the form over from the last one."""
    if dialog.is_busy or dialog.answer is None:
        return
    if dialog.selected < len(dialog.shown) - 1:
        dialog.move(1)
    else:
        dialog.error = dialog.missing()
        if not dialog.error and not dialog.answer.done():
            dialog.is_busy = True
            dialog.answer.set_result(dialog.values())
    ctx.edited()


async def _run_chosen(ctx: Context, listing: Listing) -> None:
    chosen = listing.chosen
    if chosen is not None:
        ctx.state.close_popup()
        await ctx.screen.run_line(chosen.run)


async def _choose(ctx: Context, switcher: Switcher) -> None:
    found = ctx.state.matches(switcher.editor.text)
    if found:
        await _chat(ctx, found[min(switcher.selected, len(found) - 1)])
    elif "@" in switcher.editor.text:
        await ctx.screen.run_line(f"chat {quote(switcher.editor.text.strip())}")


async def _chat(ctx: Context, place: Place) -> None:
    await ctx.screen.run_line(f"chat {quote(place.peer)} {quote(place.account)}")


def _details(ctx: Context) -> None:
    message = selected(ctx)
    if message is None:
        raise CommandError("no message is selected: v selects one")
    lines = [
        (("popup.key", f"{name:<12}"), ("popup", str(value)))
        for name, value in (
            ("from", with_meaning(message.sender)),
            ("to", with_meaning(message.peer)),
            ("time", moment(message.time)),
            ("received", moment(message.received) if message.received else ""),
            ("state", message.state),
            ("why", message.error[1]),
            ("encryption", message.encryption or "none"),
            ("id", message.message_id),
            ("archive id", message.stanza_id),
        )
        if value
    ]
    ctx.state.open_popup(Overlay("Message", tuple(lines)))
