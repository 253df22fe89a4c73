"""Moving through what is longer than the screen: messages, lists, texts."""

from primitivus.client.pages import MOST
from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import go_to
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import PlacesPane
from primitivus.model.telling.still import still_shows
from primitivus.sentences import tr

_USUAL: Count = 100
_ALL = 1_000_000


@command("line-up")
async def line_up(ctx: Context, times: Count = ONCE) -> None:
    """Go up: one line, one entry, one message."""
    _step(ctx, -times)


@command("line-down")
async def line_down(ctx: Context, times: Count = ONCE) -> None:
    """Go down: one line, one entry, one message."""
    _step(ctx, times)


@command("page-up")
async def page_up(ctx: Context, times: Count = ONCE) -> None:
    """Go one page up."""
    _scroll(ctx, -times * _long(ctx).page)


@command("page-down")
async def page_down(ctx: Context, times: Count = ONCE) -> None:
    """Go one page down."""
    _scroll(ctx, times * _long(ctx).page)


@command("half-page-up")
async def half_page_up(ctx: Context, times: Count = ONCE) -> None:
    """Go half a page up."""
    _scroll(ctx, -times * max(1, _long(ctx).page // 2))


@command("half-page-down")
async def half_page_down(ctx: Context, times: Count = ONCE) -> None:
    """Go half a page down."""
    _scroll(ctx, times * max(1, _long(ctx).page // 2))


@command("more")
async def more(ctx: Context) -> None:
    """Show more of a message that is too long to show at once: the selected one, or the last."""
    pane = ctx.state.conversation
    if pane is None or not pane.unfold():
        raise CommandError(tr("no message here has more to show"))
    ctx.state.changed(Area.MESSAGES)


@command("top")
async def top(ctx: Context) -> None:
    """Go to the first entry, or to the oldest message that is loaded."""
    _to_end(ctx, -_ALL)


@command("bottom")
async def bottom(ctx: Context) -> None:
    """Go to the last entry, or to the newest message."""
    pane = ctx.pane
    if isinstance(pane, ConversationPane):
        pane.leave()
        await ctx.at(pane.place).pages.newest(pane)
    else:
        _to_end(ctx, _ALL)


@command("history")
async def history(ctx: Context, messages: Count = _USUAL) -> None:
    """Show the last messages, as many as you say, from the first of them on; at most 500."""
    pane = ctx.state.conversation
    if pane is not None:
        pane.leave()
        await ctx.at(pane.place).pages.last(pane, min(messages, MOST))
        if messages > MOST:
            ctx.state.say(
                tr("{most} is the most that is shown at once; scrolling up shows more", most=MOST),
                holds=still_shows(ctx.state.layout),
            )


def _long(ctx: Context) -> Pane:
    """Return what is scrolled by pages: beside a list, what it is the list of."""
    return ctx.state.layout.main if isinstance(ctx.pane, PlacesPane) else ctx.pane


def _step(ctx: Context, by: int) -> None:
    pane = ctx.pane
    if ctx.reaches and isinstance(pane, ConversationPane) and not pane.selected:
        # From the input the newest in view is the next one, whichever way one goes.
        go_to(ctx, "messages")
        pane.select()
    else:
        pane.step(by)
    ctx.state.changed(Area.VIEW)


def _scroll(ctx: Context, rows: int) -> None:
    _long(ctx).scroll(rows)
    ctx.state.changed(Area.VIEW)


def _to_end(ctx: Context, by: int) -> None:
    if isinstance(ctx.pane, PlacesPane):
        _step(ctx, by)
    else:
        _scroll(ctx, by)
