"""The view of settings: trying values, typing them, putting them back."""

from primitivus.commands.arguments.types import ONCE, Count
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, NothingFound
from primitivus.commands.panes.panes import back
from primitivus.model.area import Area
from primitivus.model.panes.pane import BlankPane
from primitivus.model.panes.settings import SettingsPane
from primitivus.model.setting import Setting
from primitivus.sentences import tr

# What is told of keys, for those that are bound: the command line, and what it does.
_TOLD = (
    ("setting-next", tr("tries the next value")),
    ("enter", tr("changes it")),
    ("setting-undo", tr("puts it back")),
    ("setting-default", tr("goes by the default")),
    ("settings-find", tr("finds one")),
    ("save", tr("saves")),
    ("settings-leave", tr("leaves")),
    ("cancel", tr("puts all back and leaves")),
)


@command("setting-next", context="settings")
async def setting_next(ctx: Context, times: Count = ONCE) -> None:
    """Try the next value of a setting, or count it up; what is typed begins to be."""
    await _turn(ctx, times)


@command("setting-previous", context="settings")
async def setting_previous(ctx: Context, times: Count = ONCE) -> None:
    """Try the value of a setting before this one, or count it down."""
    await _turn(ctx, -times)


@command("setting-change", context="settings")
async def setting_change(ctx: Context) -> None:
    """Change a setting: try its next value, type one, or open what is for it."""
    pane, setting = _chosen(ctx)
    if setting.is_typed:
        pane.begin(setting)
        _type(ctx)
    elif setting.run:
        await ctx.screen.run_line(setting.run)
        pane.refresh()
        ctx.state.changed(Area.VIEW)
    else:
        await _turn(ctx, 1)


@command("setting-take", context="settings")
async def setting_take(ctx: Context) -> None:
    """Let a setting be what is typed for it."""
    pane, setting = _pane(ctx), _pane(ctx).typing
    if setting is None:
        return
    if not pane.error:
        await _change(ctx, pane, setting, pane.typed_value.text)
        _stop(ctx, pane)
    ctx.state.changed(Area.VIEW)


@command("setting-undo", context="settings")
async def setting_undo(ctx: Context) -> None:
    """Put a setting back to what it was before it was changed here."""
    pane, setting = _chosen(ctx)
    change = pane.changes.get(setting.key)
    if change is None:
        raise CommandError(tr("{name} was not changed here", name=setting.name))
    await _change(ctx, pane, setting, change.before)


@command("setting-default", context="settings")
async def setting_default(ctx: Context) -> None:
    """Let a setting be what it is by default."""
    pane, setting = _chosen(ctx)
    if setting.default is None:
        raise CommandError(tr("{name} has no default", name=setting.name))
    await _change(ctx, pane, setting, setting.default)


@command("settings-find", context="settings")
async def settings_find(ctx: Context) -> None:
    """Find settings by words in their name or explanation, as they are typed; Esc shows all."""
    _pane(ctx).find()
    _type(ctx)


@command("settings-stop", context="settings")
async def settings_stop(ctx: Context) -> None:
    """Stop typing: a value stays as it was, and what was found shows."""
    _stop(ctx, _pane(ctx))
    ctx.state.changed(Area.VIEW)


@command("settings-leave", context="settings")
async def settings_leave(ctx: Context) -> None:
    """Go back from the settings; what was changed stays so until you quit."""
    pane = _pane(ctx)
    await _leave(ctx, pane)
    pane.changes.clear()


@command("settings-give-up", context="settings")
async def settings_give_up(ctx: Context) -> None:
    """Put back all that was changed in the settings since they were opened or saved, and go back.

    What somebody else has changed meanwhile stays.
    """
    pane, names = _pane(ctx), []
    for key, change in reversed([*pane.changes.items()]):
        setting = pane.called(key)
        if setting is not None and setting.value == change.after:
            await _change(ctx, pane, setting, change.before)
            names.append(setting.name)
    pane.changes.clear()
    await _leave(ctx, pane)
    if names:
        ctx.state.say(tr("put back: {names}", names=", ".join(reversed(names))))


def shown(ctx: Context, pane: SettingsPane) -> None:
    """Show what is so now."""
    pane.refresh()
    ctx.state.changed(Area.VIEW)


def keys_told(ctx: Context) -> str:
    """Return which keys do what in the view, as the keymap has them."""
    found = ((ctx.key_for(line), what) for line, what in _TOLD)
    return ", ".join(f"{key} {what}" for key, what in found if key)


async def _turn(ctx: Context, by: int) -> None:
    pane, setting = _chosen(ctx)
    if setting.choices or setting.is_number:
        await _change(ctx, pane, setting, setting.beside(by))
    elif setting.is_typed and by > 0:
        await setting_change(ctx)
    elif not setting.is_typed:
        raise CommandError(_elsewhere(setting))


async def _change(ctx: Context, pane: SettingsPane, setting: Setting, value: str) -> None:
    """Let a setting be this at once; what was before can be put back."""
    if setting.run or not (setting.choices or setting.is_typed):
        raise CommandError(_elsewhere(setting))
    if value == setting.value:
        return
    try:
        await setting.change(value)
    except ValueError as error:
        raise CommandError(str(error)) from None
    pane.refresh()
    now = pane.called(setting.key)
    pane.changed(setting, now.value if now is not None else value)
    pane.hint = keys_told(ctx)
    ctx.state.changed(Area.VIEW)


def _elsewhere(setting: Setting) -> str:
    if setting.run:
        return tr("Enter opens what changes {name}", name=setting.name)
    where = (
        tr("is changed in {file}", file=setting.elsewhere)
        if setting.elsewhere
        else tr("can't be changed here")
    )
    return f"{setting.name} {where}"


def _type(ctx: Context) -> None:
    if ctx.state.view.is_modal:
        ctx.state.show(mode="insert")
    ctx.edited()
    ctx.state.changed(Area.VIEW)


def _stop(ctx: Context, pane: SettingsPane) -> None:
    pane.stop()
    pane.words.reset(" ".join(pane.words.text.split()))
    if ctx.state.view.mode == "insert":
        ctx.state.show(mode="normal")


async def _leave(ctx: Context, pane: SettingsPane) -> None:
    """Show what was there before; where nothing was, nothing."""
    _stop(ctx, pane)
    try:
        await back(ctx)
    except CommandError:
        before = ctx.state.layout.place
        ctx.state.layout.trail.replace(BlankPane(pane.place))
        ctx.moved(before)


def _chosen(ctx: Context) -> tuple[SettingsPane, Setting]:
    pane = _pane(ctx)
    if pane.chosen is None:
        raise NothingFound(tr("no setting has these words"))
    return pane, pane.chosen


def _pane(ctx: Context) -> SettingsPane:
    pane = ctx.state.layout.main
    if not isinstance(pane, SettingsPane):
        raise CommandError(tr("no settings are shown: :settings shows them"))
    return pane
