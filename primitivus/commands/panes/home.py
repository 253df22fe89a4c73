"""What waits for the user: shown, gone to, and answered where it stands."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.marked_row import marked_row
from primitivus.commands.panes.panes import again, show
from primitivus.model.home.sources import home as pane_of
from primitivus.model.panes.home import HomePane
from primitivus.sentences import tr


@command("home", aliases=("waiting",))
async def home(ctx: Context) -> None:
    """Show what waits for you, in all profiles; Enter goes there, and keys answer it.

    What speaks to you stands first, then chats and rooms with how they go on, what you are asked,
    files, messages that are not sent, blogs, and what is wrong. Nothing is read by looking at it.
    """
    if not isinstance(ctx.state.layout.main, HomePane):
        show(ctx, again(ctx, pane_of(ctx.state)))


@command("answer", context="home")
async def answer(ctx: Context, how: Literal["yes", "no"]) -> None:
    """Agree to what is asked in the marked row, or refuse; a warning is put away by `no`."""
    row = marked_row(ctx)
    line = "" if row is None else row.yes if how == "yes" else row.no
    if not line:
        key = ctx.key_for("enter")
        raise CommandError(
            tr("there is nothing to agree to here; {key} goes there", key=key)
            if how == "yes"
            else tr("there is nothing to refuse here; {key} goes there", key=key)
        )
    await ctx.screen.run_line(line)
