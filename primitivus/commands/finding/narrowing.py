"""Finding something in a list: of rows by words of it, as they are typed; of people by names."""

from primitivus.commands.arguments.types import SAME, Text
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, nothing_matches
from primitivus.model.area import Area
from primitivus.model.panes.rows import RowsPane
from primitivus.sentences import tr


@command("narrow-list")
async def narrow_list(ctx: Context) -> None:
    """Show only what has some words, as they are typed, of the list that you look at."""
    pane = _pane(ctx)
    pane.narrow()
    if ctx.state.view.is_modal:
        ctx.state.show(mode="insert")
    ctx.edited()
    ctx.state.changed(Area.VIEW)


@command("narrow-stop", context="narrow")
async def narrow_stop(ctx: Context) -> None:
    """Type no more; what has the words stays alone until `cancel` shows all again."""
    _stop(ctx, _pane(ctx))


@command("narrow-open", context="narrow")
async def narrow_open(ctx: Context) -> None:
    """Type no more, and go to what is marked."""
    pane = _pane(ctx)
    if not (line := pane.enter()):
        # What is kept of that would be found by the words in the log.
        said = str(nothing_matches(pane.words.text))
        ctx.state.hint(said, lambda: pane.is_typed and pane.chosen is None)
        return
    _stop(ctx, pane)
    await ctx.screen.run_line(line)


@command("narrow-contacts", context="contacts")
async def narrow_contacts(ctx: Context, text: Text = SAME) -> None:
    """Show only the contacts whose name or address has this in it; alone, all of them.

    Those who are offline or in a folded group are found as well.
    """
    ctx.state.layout.contacts.narrow(text)
    ctx.state.changed(Area.VIEW)


def _stop(ctx: Context, pane: RowsPane) -> None:
    pane.is_typed = False
    pane.words.reset(" ".join(pane.words.text.split()))
    if ctx.state.view.mode == "insert":
        ctx.state.show(mode="normal")
    ctx.state.changed(Area.VIEW)


def _pane(ctx: Context) -> RowsPane:
    pane = ctx.state.layout.main
    if not isinstance(pane, RowsPane):
        raise CommandError(tr("there is no list here to narrow down"))
    return pane
