"""How much is shown: panes, times and names."""

from typing import Literal

from primitivus.commands.arguments.switches import switched
from primitivus.commands.arguments.types import Switch
from primitivus.commands.command import Command, command
from primitivus.commands.context import Context
from primitivus.commands.panes.panes import go_to
from primitivus.commands.settings.setting import confirm, leave_hidden
from primitivus.config import documentation
from primitivus.sentences import tr


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
        confirm(ctx, setting)

    toggle.__doc__ = doc
    return command(name)(toggle)


timestamps = _toggle("timestamps", tr("Show or hide the time of messages."))
short_nicks = _toggle("short-nicks", tr("Cut names short, so that messages start further left."))
decorations = _toggle("decorations", tr("Draw lines between days and panes, or don't."))
offline_contacts = _toggle("offline-contacts", tr("Show or hide contacts who are offline."))
groups = _toggle("groups", tr("Show contacts under the groups that they are in, or one by one."))
resources = _toggle("resources", tr("Show or hide each client of a contact."))
statuses = _toggle("statuses", tr("Show or hide the status texts of contacts."))


@command("show-topic")
async def show_topic(ctx: Context, how: Literal["", "line", "full", "hidden"] = "") -> None:
    """Show the topic of a room in one line, in full, or not; alone, go from each to the next."""
    choices = documentation()["topic"].choices
    following = choices[(choices.index(ctx.settings.topic) + 1) % len(choices)]
    ctx.change("topic", how or following)
    confirm(ctx, "topic")


def open_or_hide(ctx: Context, part: str, switch: Switch) -> None:
    """Switch a list; where there is no room for it, one that is on is not seen yet."""
    is_on = switched(switch, is_on=ctx.state.layout.shows(part))
    ctx.change(part, is_on)
    listed = ctx.state.layout.list_called(part)
    if is_on and listed is not None:
        ctx.state.layout.fold(listed.side, is_folded=False)
    if is_on and ctx.state.view.shown_popup is None:
        go_to(ctx, part)
    leave_hidden(ctx)
