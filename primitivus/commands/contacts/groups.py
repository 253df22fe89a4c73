"""Groups of contacts: folding and renaming them."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.area import Area
from primitivus.model.place import Place
from primitivus.sentences import ntr, tr


@command("fold", context="contacts")
async def fold(ctx: Context) -> None:
    """Fold the group under the cursor, so that only its heading shows, or unfold it."""
    contacts = ctx.state.layout.contacts
    place = contacts.marked
    if not place.group:
        raise CommandError(tr("no group is under the cursor: :group NAME puts a contact into one"))
    ctx.state.at(place).contacts.folded ^= {place.group}
    contacts.marked = Place(place.account, group=place.group)
    ctx.state.changed(Area.ROSTER)


def marked_heading(ctx: Context) -> Place | None:
    """Return the heading under the cursor of the contacts, if there is one."""
    marked = ctx.state.layout.contacts.marked
    is_heading = ctx.state.focus == "contacts" and marked.group and not marked.peer
    return marked if is_heading else None


async def rename_group(ctx: Context, heading: Place, name: str | None) -> None:
    """Have all who are in a group be in one of another name; None: tell how many they are."""
    before, roster = heading.group, ctx.state.at(heading).roster
    members = list(roster.in_group(before))
    if name is None:
        said = ntr(
            "{group} has {n} contact; :rename NAME gives it another name",
            "{group} has {n} contacts; :rename NAME gives it another name",
            len(members),
            group=before,
        )
        ctx.state.say(said)
        return

    async def move() -> None:
        for each in members:
            groups = {*each.groups, name} - {before, ""}
            await ctx.at(heading).roster.set(each.jid, each.name, sorted(groups))

    if name != before:
        await ctx.told(move(), lambda: not roster.in_group(before))
    ctx.state.layout.contacts.marked = Place(heading.account, group=name)
    now = (
        tr("{before} is now called {name}", before=before, name=name)
        if name
        else tr("{before} is no longer a group", before=before)
    )
    ctx.state.say(now)
