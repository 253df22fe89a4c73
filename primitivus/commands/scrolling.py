"""Moving through what is longer than the screen: messages, lists, texts."""

from primitivus.client.pages import MOST
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.types import ONCE, Count
from primitivus.model.area import Area
from primitivus.model.listing import Listing
from primitivus.model.place import NOWHERE, Place
from primitivus.model.popup import Overlay, Switcher

_USUAL = Count(100)


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
    _scroll(ctx, -times * ctx.screen.page_rows())


@command("page-down")
async def page_down(ctx: Context, times: Count = ONCE) -> None:
    """Go one page down."""
    _scroll(ctx, times * ctx.screen.page_rows())


@command("half-page-up")
async def half_page_up(ctx: Context, times: Count = ONCE) -> None:
    """Go half a page up."""
    _scroll(ctx, -times * max(1, ctx.screen.page_rows() // 2))


@command("half-page-down")
async def half_page_down(ctx: Context, times: Count = ONCE) -> None:
    """Go half a page down."""
    _scroll(ctx, times * max(1, ctx.screen.page_rows() // 2))


@command("more")
async def more(ctx: Context) -> None:
    """Show more of a message that is too long to show at once: the selected one, or the last."""
    if not ctx.screen.unfold():
        raise CommandError("no message here has more to show")


@command("top")
async def top(ctx: Context) -> None:
    """Go to the first entry, or to the oldest message that is loaded."""
    match ctx.state.view.focus:
        case "conversations" | "contacts":
            _step(ctx, -_ALL)
        case _:
            _scroll(ctx, -_ALL)


@command("bottom")
async def bottom(ctx: Context) -> None:
    """Go to the last entry, or to the newest message."""
    view = ctx.state.view
    if view.focus in ("conversations", "contacts"):
        _step(ctx, _ALL)
    elif view.shown_popup is not None:
        _scroll(ctx, _ALL)
    elif view.place.peer:
        ctx.state.show(selected_message=0)
        await ctx.pages.newest(view.place.peer)


@command("history")
async def history(ctx: Context, messages: Count = _USUAL) -> None:
    """Show the last so many messages, from the first of them on; at most 500."""
    peer = ctx.state.view.place.peer
    if peer:
        ctx.state.show(selected_message=0)
        await ctx.pages.last(peer, min(messages, MOST))


_ALL = 1_000_000


def _step(ctx: Context, step: int) -> None:
    state = ctx.state
    popup = state.view.shown_popup
    if isinstance(popup, Switcher):
        found = state.matches(popup.editor.text)
        popup.selected = max(0, min(len(found) - 1, popup.selected + step))
        ctx.state.changed(Area.VIEW)
    elif popup is not None:
        _scroll(ctx, step)
    elif state.view.focus == "conversations":
        state.show(listed=_beside(state.listed_conversations(), state.view.listed, step))
    elif state.view.focus == "contacts":
        state.show(listed_contact=_beside(state.listed_contacts(), state.view.listed_contact, step))
    elif state.view.selected_message:
        _select(ctx, step)
    else:
        _scroll(ctx, step)


def _select(ctx: Context, step: int) -> None:
    chat = ctx.state.chat
    if chat is None or not len(chat.window):
        return
    index = chat.window.index(ctx.state.view.selected_message)
    index = max(0, min(len(chat.window) - 1, index + step))
    ctx.state.show(selected_message=chat.window[index].id)


def _scroll(ctx: Context, rows: int) -> None:
    popup = ctx.state.view.shown_popup
    if isinstance(popup, Listing):
        popup.move(rows)
        ctx.state.changed(Area.VIEW)
    elif isinstance(popup, Overlay):
        popup.starts_at_end = False
        popup.top = max(0, min(len(popup.lines) - 1, popup.top + rows))
        ctx.edited()
    elif popup is None:
        ctx.screen.scroll(rows)


def _beside(entries: list[Place], entry: Place, step: int) -> Place:
    if not entries:
        return NOWHERE
    if entry not in entries:
        return entries[0]
    return entries[max(0, min(len(entries) - 1, entries.index(entry) + step))]
