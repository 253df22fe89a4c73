"""How much is shown: panes, times, names, and the settings behind them."""

from collections.abc import Iterator
from typing import Literal

from backendd.api.settings import unknown
from primitivus.commands.command import Command, command
from primitivus.commands.completions import Asked
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.names import SettingName, SettingValue, setting_values
from primitivus.commands.panes import go_to
from primitivus.commands.switches import switched
from primitivus.commands.types import Switch
from primitivus.config import documentation
from primitivus.config_file import NotSaved, differences, save
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.quoting import quote


@command("conversations")
async def conversations(ctx: Context, switch: Switch = "toggle") -> None:
    """Show the list of conversations and go there, or hide it."""
    open_or_hide(ctx, "conversations", switch)


@command("contacts")
async def contacts(ctx: Context, switch: Switch = "toggle") -> None:
    """Show the contacts and go there, or hide them."""
    open_or_hide(ctx, "contacts", switch)


def _toggle(name: str, doc: str) -> Command:
    """Return the command that switches the setting of its name."""
    setting = name.replace("-", "_")

    async def toggle(ctx: Context, switch: Switch = "toggle") -> None:
        ctx.change(setting, switched(switch, is_on=getattr(ctx.settings, setting)))
        _confirm(ctx, setting)

    toggle.__doc__ = doc
    return command(name)(toggle)


timestamps = _toggle("timestamps", "Show or hide the time of messages.")
short_nicks = _toggle("short-nicks", "Cut names short, so that messages start further left.")
decorations = _toggle("decorations", "Draw lines between days and panes, or don't.")
offline_contacts = _toggle("offline-contacts", "Show or hide contacts who are offline.")
groups = _toggle("groups", "Show contacts under the groups that they are in, or one by one.")
resources = _toggle("resources", "Show or hide each client of a contact.")
statuses = _toggle("statuses", "Show or hide the status texts of contacts.")


@command("show-topic")
async def show_topic(ctx: Context, how: Literal["", "line", "full", "hidden"] = "") -> None:
    """Show the topic of a room in one line, in full, or not; alone, go from each to the next."""
    choices = documentation()["topic"].choices
    following = choices[(choices.index(ctx.settings.topic) + 1) % len(choices)]
    ctx.change("topic", how or following)
    _confirm(ctx, "topic")


@command("set")
async def set_setting(
    ctx: Context, name: SettingName | None = None, value: SettingValue | None = None
) -> None:
    """Change a setting until you quit; :save keeps it. Without a value, show it.

    Alone, it lists all settings. A value with blanks may stand in quotes; `''` is an empty one.
    """
    if name is None:
        hint = "type to search; Enter changes one, :save keeps those with a *"
        ctx.state.open_popup(
            Listing("Settings", (Part("All settings", tuple(_listed(ctx))),), hint)
        )
        return
    try:
        if value is None:
            ctx.state.say(_so(ctx, name))
            return
        settings = ctx.settings.with_text(name, value)
        _require_known(ctx, name, getattr(settings, name))
        ctx.state.use_settings(settings)
    except ValueError as error:
        raise CommandError(f"{error}{_command_for(ctx, name, str(error))}") from None
    _confirm(ctx, name)
    ctx.screen.apply(name)
    _leave_hidden(ctx)


@command("save")
async def save_settings(ctx: Context) -> None:
    """Keep the settings as they are now: write those you changed into primitivus.toml.

    The rest of the file stays as it is. What keys and commands switch (`:timestamps`,
    `:contacts`) are settings as well.
    """
    changes = differences(ctx.saved, ctx.settings)
    if not changes:
        ctx.state.say("no setting has changed since the start")
        return
    try:
        path = save(changes)
    except NotSaved as error:
        raise CommandError(str(error)) from None
    ctx.saved = ctx.settings
    names = ", ".join(_so(ctx, name) for name in changes)
    ctx.state.say(f"saved in {path}: {names}")


def _confirm(ctx: Context, name: str) -> None:
    """Say what a setting is now, and how it stays so."""
    is_saved = name not in differences(ctx.saved, ctx.settings)
    ctx.state.say(_so(ctx, name) + ("" if is_saved else "; :save keeps it"))


def _so(ctx: Context, name: str) -> str:
    """Return what a setting is, as it is typed."""
    return f"{name} = {quote(ctx.settings.text_of(name))}"


def _command_for(ctx: Context, name: str, problem: str) -> str:
    """Return which command is for what no setting is called: of an account, or of the backend."""
    if name in documentation() or "did you mean" in problem:
        return ""
    word = name.replace("_", "-")
    begun = (each for each in ctx.registry if each.name.partition("-")[0] == word.partition("-")[0])
    found = ctx.registry.find(word) or next(begun, None)
    return f"; :{found.name} is for that" if found is not None else ""


def _require_known(ctx: Context, name: str, value: str) -> None:
    """Raise ValueError where a setting names what there is not."""
    if not documentation()[name].kind:
        return

    def begun(word: str) -> list[str]:
        return [each.text for each in setting_values(name, Asked(word, name, (), ctx))]

    if value not in begun(value):
        raise ValueError(unknown(name, value, begun(""), is_listing=True))


def _listed(ctx: Context) -> Iterator[Entry]:
    """Yield each setting with its value and what it does; a star: not saved."""
    changed = differences(ctx.saved, ctx.settings)
    for name, item in documentation().items():
        star = "*" if name in changed else " "
        line = (("popup.key", f"{star} {_so(ctx, name)}"), ("hint", f"  {item.doc}"))
        yield Entry(line, f"prompt set {name}")


def open_or_hide(ctx: Context, part: str, switch: Switch) -> None:
    """Switch a list; where there is no room for it, one that is on is not seen yet."""
    is_on = switched(switch, is_on=ctx.state.layout.shows(part))
    ctx.change(part, is_on)
    if is_on and ctx.state.view.shown_popup is None:
        go_to(ctx, part)
    _leave_hidden(ctx)


def _leave_hidden(ctx: Context) -> None:
    """Have the focus where it shows."""
    focused = ctx.state.layout.list_called(ctx.state.layout.focus)
    if focused is not None and not focused.is_on(ctx.settings):
        go_to(ctx, "input")
