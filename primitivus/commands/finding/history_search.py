"""Looking for what was sent, or run, by some letters; what one types goes there meanwhile."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.area import Area
from primitivus.sentences import tr


@command("history-search", context="line")
async def history_search(
    ctx: Context, direction: Literal["backward", "forward"] = "backward"
) -> None:
    """Find what you sent by some letters of it; once more finds what was sent before that.

    Enter takes it, to be changed or sent; so does a key that moves the cursor. Esc leaves what you
    had typed as it was.
    """
    editor = ctx.editor
    if editor is None:
        return
    history = editor.history
    if history.search is not None:
        history.search.again(-1 if direction == "backward" else 1)
    elif history.entries:
        history.begin_search()
    else:
        raise CommandError(tr("nothing was sent from here yet"))
    ctx.state.changed(Area.VIEW, Area.INPUT)


@command("history-search-shorten", context="history")
async def history_search_shorten(ctx: Context) -> None:
    """Take back the last letter of what is looked for."""
    search = ctx.state.history_search
    if search is not None:
        search.shorten()
        ctx.state.changed(Area.INPUT)


@command("history-search-take", context="history")
async def history_search_take(ctx: Context) -> None:
    """Take what was found: it can be changed, and sent."""
    take_found(ctx)


@command("history-search-stop", context="history")
async def history_search_stop(ctx: Context) -> None:
    """Look no further; what you had typed is there as it was."""
    editor = ctx.editor
    if editor is not None:
        editor.history.search = None
        ctx.state.changed(Area.VIEW, Area.INPUT)


def take_found(ctx: Context) -> None:
    """Have what was found be what is typed, if something is looked for."""
    editor = ctx.editor
    if editor is None or ctx.state.history_search is None:
        return
    found = editor.history.end_search(editor.text)
    if found is not None:
        editor.replace(*found)
    ctx.edited()
    ctx.state.changed(Area.VIEW)
