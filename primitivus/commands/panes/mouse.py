"""The mouse: going to what is pressed, scrolling what is under it, and leaving it to the terminal.

The keymap says which of these a press and the wheel run; what was drawn where they were is in
`Context.spot`.
"""

from typing import Literal

from primitivus.commands.arguments.switches import switched
from primitivus.commands.arguments.types import Count, Switch
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.finding.history_search import take_found
from primitivus.commands.panes.modes import mode
from primitivus.commands.panes.panes import go
from primitivus.commands.settings.setting import confirm
from primitivus.model.area import Area
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import PlacesPane
from primitivus.model.popups.popup import Dialog
from primitivus.model.screen.directions import Spot as LayoutSpot
from primitivus.model.screen.touch import Choice, Run, Spot, Text, Typed
from primitivus.sentences import tr

_STEP: Count = 3
# What may be run from a form, behind which nothing is to be done.
_FROM_FORMS = ("open http://", "open https://")


@command("mouse")
async def mouse(ctx: Context, switch: Switch = "toggle") -> None:
    """Use the mouse here, or leave it to the terminal, which selects text with it (Shift: always).

    What is pressed gets the focus and is chosen; pressed again it is opened, as a link is at once.
    The wheel scrolls what is under it; lines between panes can be pulled. While it is used here,
    terminals select text by themselves with Shift held, some with Option; `y` copies a message as
    it was written.
    """
    ctx.change("mouse", switched(switch, is_on=ctx.settings.mouse))
    confirm(ctx, "mouse")


@command("point")
async def point(ctx: Context) -> None:
    """Go to what is pressed with the mouse, and choose it; what is chosen already is opened."""
    spot, popup = ctx.spot, ctx.state.view.shown_popup
    if spot is None:
        raise CommandError(tr("this is for the mouse: press something with it"))
    if popup is not None:
        if spot.pane is popup:
            await _point_in_popup(ctx, popup, spot)
    elif spot.part == "input":
        await _point_in_text(ctx, spot)
    elif spot.part == "edge":
        if isinstance(spot.target, Run):
            await ctx.screen.run_line(spot.target.line)
    elif (where := _where(ctx, spot)) is not None:
        await _point_in_pane(ctx, spot, where)


@command("wheel")
async def wheel(ctx: Context, direction: Literal["up", "down"], rows: Count = _STEP) -> None:
    """Scroll what is under the mouse, wherever the focus is: three rows, or as many as you say."""
    spot, popup = ctx.spot, ctx.state.view.shown_popup
    by = rows if direction == "down" else -rows
    pane: Pane | None = ctx.pane
    if spot is not None and popup is not None:
        pane = popup if spot.pane is popup else None
    elif spot is not None:
        pane = spot.pane if _where(ctx, spot) is not None else ctx.state.layout.main
    if pane is not None:
        pane.roll(by, spot.first if spot is not None else None)
        ctx.state.changed(Area.VIEW)


def _where(ctx: Context, spot: Spot) -> LayoutSpot | None:
    """Return where in the layout a pane is that was drawn; None where it is there no more."""
    layout = ctx.state.layout
    if isinstance(spot.pane, PlacesPane):
        return layout.spot(spot.pane.context, ctx.settings)
    for number, trail in enumerate(layout.trails):
        if trail.pane is spot.pane:
            return "messages", number
    return None


async def _point_in_pane(ctx: Context, spot: Spot, where: LayoutSpot) -> None:
    layout = ctx.state.layout
    _leave_command_line(ctx)
    if isinstance(spot.target, Run):
        # What concerns a pane is done there, and doesn't end what one types in the same.
        if spot.part == "main" and layout.main is not spot.pane:
            go(ctx, where)
        await ctx.screen.run_line(spot.target.line)
        return
    was_here = layout.spot(layout.focus, ctx.settings) == where
    line = _choose(ctx, spot, is_opened=was_here)
    go(ctx, where)
    if line:
        await ctx.screen.run_line(line)


async def _point_in_popup(ctx: Context, popup: Pane, spot: Spot) -> None:
    if isinstance(spot.target, Typed):
        _point_in_field(ctx, popup, spot.target, spot.at)
        return
    line = _choose(ctx, spot, is_opened=True)
    if isinstance(spot.target, Run):
        line = spot.target.line
        if isinstance(popup, Dialog) and not line.lower().startswith(_FROM_FORMS):
            return
    if line:
        await ctx.screen.run_line(line)


def _point_in_field(ctx: Context, popup: Pane, field: Typed, at: int) -> None:
    """Focus a field of what lies over the panes, and put the cursor where the mouse was in it."""
    if field.of is not None and popup.point(field.of) is None:
        return
    if popup.editor is not None:
        popup.editor.move_to(at)
        ctx.edited()
    ctx.state.changed(Area.VIEW)


async def _point_in_text(ctx: Context, spot: Spot) -> None:
    """Put the cursor where the mouse was in what is typed, and go on typing there."""
    if ctx.state.view.mode != "command":
        if ctx.state.typed is None:
            return
        await mode(ctx, "insert")
    take_found(ctx)
    if ctx.editor is not None and isinstance(spot.target, Text):
        ctx.editor.move_to(spot.at)
        ctx.edited()


def _choose(ctx: Context, spot: Spot, *, is_opened: bool) -> str:
    """Choose what is pressed; return the command line that is to follow, if one is.

    What was chosen already is opened, if that `is_opened`.
    """
    if spot.pane is None or not isinstance(spot.target, Choice):
        return ""
    was_chosen = spot.pane.point(spot.target.what)
    if was_chosen is None:
        return ""
    ctx.state.changed(Area.VIEW, Area.INPUT)
    return spot.target.then or ("enter" if was_chosen and is_opened else "")


def _leave_command_line(ctx: Context) -> None:
    if ctx.state.view.mode == "command":
        ctx.state.show(mode="normal", mode_after="normal")
