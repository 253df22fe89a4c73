"""One or two panes, where the focus is, and back and forward through what was shown."""

from typing import Annotated, TypeVar, get_args

from primitivus.commands.arguments.types import one_of
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model import state
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.popups.popup import Dialog
from primitivus.model.screen.directions import MAIN_PARTS, Direction, Part, Spot
from primitivus.model.screen.trail import Stop
from primitivus.sentences import tr

P = TypeVar("P", bound=Pane)


def _words() -> tuple[str, ...]:
    return (*get_args(Direction), *(each.context for each in state.LISTS), *MAIN_PARTS)


# A direction, or a part of the screen: a list there is, or one of the main pane.
Where = Annotated[str, one_of(_words)]


@command("focus")
async def focus(ctx: Context, where: Where) -> None:
    """Move the focus to another pane, or to another field of a form.

    `other` is the other one of two conversations.
    """
    popup = ctx.state.view.shown_popup
    if isinstance(popup, Dialog):
        step = -1 if where in ("previous", "up", "left") else 1
        popup.climb(step) if where in ("up", "down") else popup.move(step)
        ctx.edited()
    if popup is None:
        go(ctx, ctx.state.layout.spot(where, ctx.settings))


@command("close-pane")
async def close_pane(ctx: Context) -> None:
    """Close this pane of two; the conversation stays open."""
    _require_two(ctx)
    before = ctx.state.layout.place
    ctx.state.layout.close()
    ctx.moved(before)


@command("only")
async def only(ctx: Context) -> None:
    """Close the other pane of two."""
    _require_two(ctx)
    ctx.state.layout.only()
    ctx.moved(ctx.state.layout.place)


@command("back")
async def back(ctx: Context) -> None:
    """Go back to what this pane showed before, and to where one was in it."""
    left, before = ctx.state.layout.main, ctx.state.layout.place
    stop = ctx.state.layout.trail.back()
    if stop is None:
        raise CommandError(tr("this is where you began"))
    await _arrive(ctx, left, before, stop)


@command("forward")
async def forward(ctx: Context) -> None:
    """Go forward again, after back."""
    left, before = ctx.state.layout.main, ctx.state.layout.place
    stop = ctx.state.layout.trail.forward()
    if stop is None:
        raise CommandError(tr("there is nothing to go forward to"))
    await _arrive(ctx, left, before, stop)


def go_to(ctx: Context, part: Part) -> None:
    """Have the focus on a list, or on this part of the main pane where one is."""
    go(ctx, ctx.state.layout.spot(part, ctx.settings))


def again(ctx: Context, pane: P) -> P:
    """Return the view that `pane` begins as it was left where one is, else `pane` itself."""
    left = ctx.state.layout.trail.left(pane.view)
    if not isinstance(left, type(pane)):
        return pane
    left.reopened(pane)
    return left


def show(ctx: Context, pane: Pane) -> None:
    """Show a pane where one is, and have the focus on it; `back` returns to what was there."""
    before = ctx.state.layout.place
    ctx.state.close_popup()
    ctx.state.layout.trail.go(pane)
    go_to(ctx, "messages")
    if pane.is_typed:
        # With modes keys move in it, as in any list, until one begins to type.
        ctx.state.show(mode="normal")
    ctx.moved(before)


def go(ctx: Context, spot: Spot) -> None:
    """Have the focus there; a list that is hidden shows."""
    layout, before = ctx.state.layout, ctx.state.layout.place
    part, _ = spot
    entered = layout.list_called(part)
    if entered is not None:
        entered.mark()
        layout.fold(entered.side, is_folded=False)
        if not entered.is_on(ctx.settings):
            ctx.change(part, True)
    if spot != layout.spot("messages", ctx.settings):
        ctx.state.showing.unselect()
    layout.go(spot)
    if not layout.is_typed and ctx.state.view.mode == "insert":
        ctx.state.show(mode="normal")
    ctx.moved(before)


async def _arrive(ctx: Context, left: Pane, before: Place, stop: Stop) -> None:
    """Have the focus on what is shown again, and it where it was; `left` was shown until now.

    That was at `before`.
    """
    ctx.state.close_popup()
    pane = stop.pane
    if not isinstance(pane, ConversationPane):
        go_to(ctx, "messages")
        ctx.moved(before)
        return
    go_to(ctx, "input")
    ctx.moved(before)
    record = ctx.state.at(pane.place).conversation(pane.place.peer)
    # What is no conversation only lay over this one.
    still_peeks = pane.chat.is_peeked and not isinstance(left, ConversationPane)
    is_new = before != pane.place and pane.arrive(record, still_peeks=still_peeks)
    if stop.position is None and not is_new:
        await ctx.at(pane.place).pages.newest(pane)
    elif stop.position is None:
        ctx.state.changed(Area.MESSAGES)
    elif await ctx.at(pane.place).pages.around(pane, stop.position.anchor):
        pane.viewport.return_to(stop.position)


def _require_two(ctx: Context) -> None:
    if not ctx.state.layout.is_split:
        raise CommandError(tr("there is one pane: :split and :vsplit make two"))
