"""The log: what the program told, searched, copied, and gone on from."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import again, show
from primitivus.model.area import Area
from primitivus.model.panes.log import LogPane
from primitivus.model.popups.listing import Markup
from primitivus.model.popups.popup import Overlay
from primitivus.model.rows.log_rows import log_rows, when
from primitivus.model.rows.made_rows import MadeRows
from primitivus.model.telling.notices import Level, Notice
from primitivus.model.wording.times import now_us
from primitivus.sentences import tr


@command("messages", aliases=("log",))
async def messages(ctx: Context, where: Literal["as-left", "newest"] = "as-left") -> None:
    """Show what the status line said so far, the newest below; Enter goes to what it is about.

    It goes on with what is said as long as the last one is marked. `newest` goes there.
    """
    pane = _opened(ctx)
    pane.is_errors = False
    if where == "newest":
        pane.leave()
        pane.newest()


@command("errors")
async def errors(ctx: Context) -> None:
    """Show what went wrong alone of what the program said; there, show all of it again."""
    is_there = isinstance(ctx.state.layout.main, LogPane)
    pane = _opened(ctx)
    pane.is_errors = not (is_there and pane.is_errors)


@command("log-entry", context="log")
async def log_entry(ctx: Context) -> None:
    """Show the whole of the marked entry: what was said, when, how often, and as of whom."""
    notice = _marked(ctx)
    style = "message.error" if notice.level is Level.ERROR else "popup"
    facts = [("when", when(notice)), ("profile", notice.account)]
    lines: list[Markup] = [((style, notice.whole),), (("popup", ""),)]
    lines += [(("popup.key", f"{name}  "), ("popup", fact)) for name, fact in facts if fact]
    title = tr("An error") if notice.level is Level.ERROR else tr("What was said")
    ctx.state.open_popup(Overlay(title, tuple(lines), run=notice.line or "cancel"))


@command("copy-entry", context="log")
async def copy_entry(ctx: Context) -> None:
    """Copy what the marked entry says."""
    how = await ctx.screen.copy(_marked(ctx).whole)
    ctx.state.hint(
        tr("{how}: what the marked entry says", how=how), lambda: isinstance(ctx.pane, LogPane)
    )


def _opened(ctx: Context) -> LogPane:
    """Show the log as it was left, and take note that what went wrong is known."""
    pane = again(ctx, LogPane(MadeRows(ctx.state, log_rows)))
    show(ctx, pane)
    ctx.state.notices.looked_at_us = now_us()
    ctx.state.changed(Area.NOTICES)
    return pane


def _marked(ctx: Context) -> Notice:
    row = ctx.pane.chosen if isinstance(ctx.pane, LogPane) else None
    if row is None or not isinstance(row.item, Notice):
        raise CommandError(tr("nothing is marked here"))
    return row.item
