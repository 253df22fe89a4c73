"""How much is shown: panes, times, names, and the settings behind them."""

from primitivus.commands.command import command
from primitivus.commands.errors import CommandError
from primitivus.commands.session import Session
from primitivus.commands.types import SettingName, SettingValue, Switch


@command("conversations")
async def conversations(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the list of conversations."""
    _toggle(ctx, "conversations", switch)


@command("contacts")
async def contacts(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the contacts."""
    _toggle(ctx, "contacts", switch)
    if not ctx.state.view.contacts and ctx.state.view.pane == "contacts":
        ctx.state.show(pane="input")


@command("timestamps")
async def timestamps(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the time of messages."""
    _toggle(ctx, "timestamps", switch)


@command("short-nicks")
async def short_nicks(ctx: Session, switch: Switch = "toggle") -> None:
    """Cut names short, so that messages start further left."""
    _toggle(ctx, "short_nicks", switch)


@command("decorations")
async def decorations(ctx: Session, switch: Switch = "toggle") -> None:
    """Draw lines between days and panes, or don't."""
    _toggle(ctx, "decorations", switch)


@command("offline-contacts")
async def offline_contacts(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide contacts who are offline."""
    _toggle(ctx, "offline", switch)


@command("resources")
async def resources(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide each client of a contact."""
    _toggle(ctx, "resources", switch)


@command("statuses")
async def statuses(ctx: Session, switch: Switch = "toggle") -> None:
    """Show or hide the status texts of contacts."""
    _toggle(ctx, "statuses", switch)


@command("set")
async def set_setting(ctx: Session, name: SettingName, value: SettingValue | None = None) -> None:
    """Change a setting until you quit; without a value, tell what it is."""
    try:
        if value is None:
            ctx.state.say(f"{name} = {ctx.settings.text_of(name)}")
            return
        settings = ctx.settings.with_text(name, value)
    except ValueError as error:
        raise CommandError(str(error)) from None
    ctx.settings = settings
    ctx.screen.apply(settings)


def _toggle(ctx: Session, name: str, switch: str) -> None:
    now = getattr(ctx.state.view, name)
    ctx.state.show(**{name: not now if switch == "toggle" else switch == "on"})
