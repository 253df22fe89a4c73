"""Settings: the view of all of them, and by name; keeping those of this program."""

from functools import partial

from backendd.api.settings import nearest
from primitivus.client.apart import apart
from primitivus.commands.arguments.names import SettingName, SettingValue
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import again
from primitivus.commands.panes.panes import show as show_pane
from primitivus.commands.settings.setting import confirm, show, so, take
from primitivus.commands.settings.settings_view import keys_told, shown
from primitivus.config import documentation
from primitivus.config_file import NotSaved, differences, save
from primitivus.model.panes.settings import SettingsPane
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr


@command("settings", aliases=("preferences",))
async def settings(ctx: Context, words: Rest = NOTHING) -> None:
    """Show all that can be set, each explained, to be changed and tried at once.

    Esc puts back what was changed there, `:save` keeps it. WORDS show the settings that have them
    in their name or explanation.
    """
    from primitivus.commands.settings.settings_listed import Listed  # with the first view

    listed = Listed(ctx, ctx.state.layout.place)
    pane = SettingsPane(ctx.state.account.place(""), listed.settings, listed.ask)
    pane.titles = listed.titles()
    first, pane = pane, again(ctx, pane)
    if words:
        pane.look_for(words)
    show_pane(ctx, pane)
    pane.hint, pane.reads_on = keys_told(ctx), ctx.key_for("page-down")
    with ctx.waiting.keys():
        await pane.anew()
    shown(ctx, pane)
    if pane is first and not words:
        pane.step(-len(pane.found))


@command("set")
async def set_setting(
    ctx: Context, name: SettingName | None = None, value: SettingValue | None = None
) -> None:
    """Change a setting until you quit; :save keeps it. Without a value, show it.

    Alone, it opens the view of `:settings`. A value with blanks may stand in quotes; `''` is an
    empty one.
    """
    if name is None:
        await settings(ctx)
        return
    try:
        if value is None:
            ctx.state.say(so(ctx, name))
            return
        take(ctx, name, value)
    except ValueError as error:
        raise CommandError(_with_command(ctx, name, str(error))) from None
    confirm(ctx, name)
    show(ctx, name)


@command("save")
async def save_settings(ctx: Context) -> None:
    """Keep the settings as they are now: write those you changed into primitivus.toml.

    The rest of the file stays as it is. What keys and commands switch (`:timestamps`,
    `:contacts`) are settings as well.
    """
    kept = ctx.settings
    changes = differences(ctx.saved, kept)
    pane = ctx.state.layout.main
    if not changes:
        has_kept = isinstance(pane, SettingsPane) and pane.changes
        ctx.state.say(tr("kept") if has_kept else tr("no setting has changed since the start"))
    else:
        try:
            path = await apart(partial(save, changes))
        except NotSaved as error:
            raise CommandError(str(error)) from None
        ctx.saved = kept
        names = ", ".join(so(ctx, name) for name in changes)
        ctx.state.say(tr("saved in {path}: {names}", path=path, names=names))
    if isinstance(pane, SettingsPane):
        pane.changes.clear()
        await pane.anew()
        shown(ctx, pane)


def _with_command(ctx: Context, name: str, problem: str) -> str:
    """Return a problem with which command is for what no setting is called.

    That is so of what an account, or the backend, has.
    """
    if name in documentation() or nearest(name, documentation()):
        return problem
    word = name.replace("_", "-")
    begun = (each for each in ctx.registry if each.name.partition("-")[0] == word.partition("-")[0])
    found = ctx.registry.find(word) or next(begun, None)
    return joined(problem, tr(":{name} is for that", name=found.name)) if found else problem
