"""What is shown and where the focus is: panes and popups."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.forms import confirm
from primitivus.model.listing import Markup
from primitivus.model.notices import Level, Notice
from primitivus.model.place import NOWHERE
from primitivus.model.popup import Dialog, Overlay, Switcher
from primitivus.model.times import moment
from primitivus.model.view import Pane
from primitivus.themes.legend import legend

_PANES: tuple[Pane, ...] = ("conversations", "messages", "contacts", "input")


@command("focus")
async def focus(
    ctx: Context,
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
    if popup is None:
        go_to(ctx, _pane(ctx, where))


def go_to(ctx: Context, pane: Pane) -> None:
    """Have the focus on a pane; a list that is hidden shows."""
    if pane == "contacts":
        listed = ctx.state.listed_contacts()
        marked = ctx.state.view.listed_contact
        if marked not in listed:
            marked = listed[0] if listed else NOWHERE
        ctx.change("contacts", True)
        ctx.state.show(listed_contact=marked)
    if pane == "conversations":
        ctx.change("conversations", True)
    mode = "normal" if pane != "input" and ctx.state.view.mode == "insert" else ctx.state.view.mode
    ctx.state.show(pane=pane, mode=mode, selected_message=0)


@command("popup")
async def popup(ctx: Context) -> None:
    """Hide the popup, or show it again."""
    view = ctx.state.view
    if view.popup is not None:
        ctx.state.show(is_popup_hidden=not view.is_popup_hidden)


@command("switch")
async def switch(ctx: Context) -> None:
    """Go to a conversation or contact by typing some letters of the name."""
    ctx.state.open_popup(Switcher())


@command("messages", aliases=("errors",))
async def messages(ctx: Context) -> None:
    """Show what the status line said so far."""
    past = list(ctx.state.notices.past)
    lines = tuple(_said(notice) for notice in past)
    empty = ((("popup", "nothing was said yet"),),)
    ctx.state.open_popup(Overlay("Messages of the program", lines or empty, starts_at_end=True))


@command("signs", aliases=("legend",))
async def signs(ctx: Context) -> None:
    """Explain the signs beside messages, names and conversations."""
    lines: list[Markup] = []
    for place, meanings in legend(ctx.screen.symbols()):
        lines += [(), (("popup.title", place),)] if lines else [(("popup.title", place),)]
        lines += [(("popup.key", f" {sign:<3}"), ("popup", said)) for sign, said in meanings]
    ctx.state.open_popup(Overlay("Signs", tuple(lines)))


@command("redraw")
async def redraw(ctx: Context) -> None:
    """Draw the whole screen anew."""
    ctx.screen.redraw()


@command("suspend")
async def suspend(ctx: Context) -> None:
    """Go to the background of the shell; fg comes back."""
    ctx.screen.suspend()


@command("quit", aliases=("q", "exit"))
async def quit_program(ctx: Context) -> None:
    """Leave; the backend stays connected and keeps what you typed."""
    lost, why = await ctx.sending.untaken(), "The backend doesn't answer, and"
    if not ctx.state.is_attached:
        lost, why = [*lost, *ctx.drafts.unsaved()], "Without the backend"
    if lost:
        names = ", ".join(dict.fromkeys(map(ctx.state.account.name, lost)))
        text = f"{why} nothing keeps what you typed to {names}: it is lost then."
        if not await confirm(ctx, "Leave all the same", text):
            return
    ctx.screen.quit()


def _pane(ctx: Context, where: str) -> Pane:
    """Return the pane that lies there from where the focus is."""
    for pane in _PANES:
        if pane == where:
            return pane
    view = ctx.state.view
    shown: list[Pane] = ["messages", "input"]
    if ctx.settings.conversations:
        shown.insert(0, "conversations")
    if ctx.settings.contacts:
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


def _said(notice: Notice) -> Markup:
    style = "message.error" if notice.level is Level.ERROR else "popup"
    return (("popup.key", f"{moment(notice.time_us)}  "), (style, notice.text))
