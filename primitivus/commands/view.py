"""What is shown and where the focus is: modes, panes, popups, toggles."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.conversations import show
from primitivus.commands.errors import CommandError
from primitivus.commands.sending import selected
from primitivus.commands.session import Session
from primitivus.commands.types import Rest, SettingName, SettingValue, Switch
from primitivus.model.clock import moment
from primitivus.model.notices import Level, Notice
from primitivus.model.popup import Dialog, Markup, Overlay, Switcher
from primitivus.model.view import Pane

_PANES: tuple[Pane, ...] = ("conversations", "messages", "contacts", "input")


@command("mode")
async def mode(
    ctx: Session,
    name: Literal["normal", "insert", "command"],
    where: Literal["", "after", "below", "start", "end"] = "",
) -> None:
    """Change the mode: in insert mode keys type a message, in command mode a command."""
    if name == "insert":
        ctx.state.show(mode="insert", pane="input", selected_message=0)
        _place_cursor(ctx, where)
    elif name == "command":
        ctx.state.command_line.reset()
        ctx.state.show(mode="command")
    else:
        ctx.state.show(mode="normal")
    ctx.edited()


@command("prompt")
async def prompt(ctx: Session, line: Rest) -> None:
    """Begin a command line with this text, for the rest to be typed."""
    ctx.state.command_line.reset(f"{line} ")
    ctx.state.show(mode="command")
    ctx.edited()


@command("cancel")
async def cancel(ctx: Session) -> None:
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
async def enter(ctx: Session) -> None:
    """Do what is expected: run the command, open what is selected, go on in a form."""
    view = ctx.state.view
    popup = view.shown_popup
    if isinstance(popup, Dialog):
        _answer(ctx, popup)
    elif isinstance(popup, Switcher):
        await _choose(ctx, popup)
    elif popup is not None:
        ctx.state.close_popup()
    elif view.mode == "command":
        await _run_command_line(ctx)
    else:
        await _open_selected(ctx)


@command("focus")
async def focus(
    ctx: Session,
    where: Literal[
        "next",
        "previous",
        "up",
        "down",
        "left",
        "right",
        "conversations",
        "contacts",
        "messages",
        "input",
    ],
) -> None:
    """Move the focus to another pane, or to another field of a form."""
    popup = ctx.state.view.shown_popup
    if isinstance(popup, Dialog):
        popup.move(-1 if where in ("previous", "up", "left") else 1)
        ctx.edited()
        return
    pane = _pane(ctx, where)
    if pane == "contacts":
        ctx.state.show(contacts=True)
    if pane == "conversations":
        ctx.state.show(conversations=True)
    mode = "normal" if pane != "input" and ctx.state.view.mode == "insert" else ctx.state.view.mode
    ctx.state.show(pane=pane, mode=mode, selected_message=0)


@command("popup")
async def popup(ctx: Session) -> None:
    """Hide the popup, or show it again."""
    view = ctx.state.view
    if view.popup is not None:
        ctx.state.show(is_popup_hidden=not view.is_popup_hidden)


@command("switch")
async def switch(ctx: Session) -> None:
    """Go to a conversation or contact by typing some letters of the name."""
    ctx.state.open_popup(Switcher())


@command("messages", aliases=("errors",))
async def messages(ctx: Session) -> None:
    """Show what the status line said so far."""
    past = list(ctx.state.notices.past)
    lines = tuple(_said(notice) for notice in past)
    empty = ((("popup", "nothing was said yet"),),)
    ctx.state.open_popup(Overlay("Messages of the program", lines or empty, starts_at_end=True))


@command("redraw")
async def redraw(ctx: Session) -> None:
    """Draw the whole screen anew."""
    ctx.screen.redraw()


@command("suspend")
async def suspend(ctx: Session) -> None:
    """Go to the background of the shell; fg comes back."""
    ctx.screen.suspend()


@command("quit", aliases=("q", "exit"))
async def quit_program(ctx: Session) -> None:
    """Leave; the backend stays connected and keeps what you typed."""
    ctx.screen.quit()


@command("conversations")
async def conversations(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the list of conversations."""
    _toggle(ctx, "conversations", switch)


@command("contacts")
async def contacts(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the contacts."""
    _toggle(ctx, "contacts", switch)
    if not ctx.state.view.contacts and ctx.state.view.pane == "contacts":
        ctx.state.show(pane="input")


@command("timestamps")
async def timestamps(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the time of messages."""
    _toggle(ctx, "timestamps", switch)


@command("short-nicks")
async def short_nicks(ctx: Session, switch: Switch = "toggle") -> None:
    """Cut names short, so that messages start further left."""
    _toggle(ctx, "short_nicks", switch)


@command("decorations")
async def decorations(ctx: Session, switch: Switch = "toggle") -> None:
    """Draw lines between days and panes, or don't."""
    _toggle(ctx, "decorations", switch)


@command("offline-contacts")
async def offline_contacts(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide contacts who are offline."""
    _toggle(ctx, "offline", switch)


@command("resources")
async def resources(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide each client of a contact."""
    _toggle(ctx, "resources", switch)


@command("statuses")
async def statuses(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the status texts of contacts."""
    _toggle(ctx, "statuses", switch)


@command("set")
async def set_setting(ctx: Session, name: SettingName, value: SettingValue | None = None) -> None:
    """Change a setting until you quit; without a value, tell what it is."""
    try:
        if not value:
            ctx.state.say(f"{name} = {ctx.settings.text_of(name)}")
            return
        settings = ctx.settings.with_text(name, value)
    except ValueError as error:
        raise CommandError(str(error)) from None
    ctx.settings = settings
    ctx.screen.apply(settings)


async def _run_command_line(ctx: Session) -> None:
    line = ctx.state.command_line.take()
    ctx.state.show(mode="normal")
    if line.strip():
        await ctx.screen.run_line(line)


async def _open_selected(ctx: Session) -> None:
    view = ctx.state.view
    if view.pane == "conversations" and view.listed_peer:
        await show(ctx, view.listed_peer)
    elif view.pane == "contacts" and view.listed_contact:
        await ctx.screen.run_line(f"chat {view.listed_contact}")
    elif view.pane == "messages":
        _details(ctx)


def _place_cursor(ctx: Session, where: str) -> None:
    editor = ctx.editor
    if editor is None:
        return
    match where:
        case "after":
            editor.right()
        case "start":
            editor.line_start()
        case "end":
            editor.line_end()
        case "below":
            editor.text_end()
            if editor.text:
                editor.newline()


def _pane(ctx: Session, where: str) -> Pane:
    """Return the pane that lies there from where the focus is."""
    for pane in _PANES:
        if pane == where:
            return pane
    view = ctx.state.view
    shown: list[Pane] = ["messages", "input"]
    if view.conversations:
        shown.insert(0, "conversations")
    if view.contacts:
        shown.insert(-1, "contacts")
    place = shown.index(view.pane) if view.pane in shown else 0
    if where in ("next", "previous"):
        return shown[(place + (1 if where == "next" else -1)) % len(shown)]
    if where == "down":
        return "input"
    if where == "up":
        return "messages" if view.pane == "input" else view.pane
    middle = [pane for pane in shown if pane != "input"]
    at = middle.index(view.pane) if view.pane in middle else middle.index("messages")
    step = 1 if where == "right" else -1
    return middle[max(0, min(len(middle) - 1, at + step))]


def _toggle(ctx: Session, name: str, switch: str) -> None:
    now = getattr(ctx.state.view, name)
    ctx.state.show(**{name: not now if switch == "toggle" else switch == "on"})


def _answer(ctx: Session, dialog: Dialog) -> None:
    """Go to the next field, or hand the form over from the last one."""
    if dialog.is_busy or dialog.answer is None:
        return
    if dialog.selected < len(dialog.fields) - 1:
        dialog.move(1)
    else:
        dialog.error = dialog.missing()
        if not dialog.error and not dialog.answer.done():
            dialog.is_busy = True
            dialog.answer.set_result(dialog.values())
    ctx.edited()


async def _choose(ctx: Session, switcher: Switcher) -> None:
    found = ctx.state.matches(switcher.editor.text)
    if found:
        await ctx.screen.run_line(f"chat {found[min(switcher.selected, len(found) - 1)]}")
    elif "@" in switcher.editor.text:
        await ctx.screen.run_line(f"chat {switcher.editor.text.strip()}")


def _said(notice: Notice) -> Markup:
    style = "message.error" if notice.level is Level.ERROR else "popup"
    return (("popup.key", f"{moment(notice.time_us)}  "), (style, notice.text))


def _details(ctx: Session) -> None:
    message = selected(ctx)
    if message is None:
        return
    lines = [
        (("popup.key", f"{name:<12}"), ("popup", str(value)))
        for name, value in (
            ("from", message.sender),
            ("to", message.peer),
            ("time", moment(message.time)),
            ("state", message.state),
            ("why", message.error[1]),
            ("encryption", message.encryption or "none"),
            ("id", message.message_id),
            ("archive id", message.stanza_id),
        )
        if value
    ]
    ctx.state.open_popup(Overlay("Message", tuple(lines)))
