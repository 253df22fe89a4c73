"""Contacts: adding, naming and removing them, and whose presence one sees."""

from collections.abc import Callable, Sequence

from backendd.api.records import Contact
from primitivus.commands.arguments.people import (
    ContactJid,
    ListedJid,
    PeerJid,
    ProfileName,
    find_here,
)
from primitivus.commands.arguments.present import GroupNames
from primitivus.commands.arguments.types import SAME, Text
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.contacts.groups import marked_heading, rename_group
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import named
from primitivus.commands.panes.panes import go_to
from primitivus.model.place import Place
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import commas
from primitivus.sentences import tr


@command("add")
async def add(ctx: Context, jid: PeerJid, name: Text = SAME) -> None:
    """Add someone to your contacts and ask to see their presence; they may see yours then.

    It may be a server or a service as well, such as a gateway: then it has no @.
    """
    _require_address(jid)
    account, place = ctx.account, ctx.state.account.place(jid)
    contact = account.known.roster.get(jid) or Contact()
    named = name or contact.name

    async def add_and_ask() -> None:
        await account.roster.set(jid, named, contact.groups)
        await account.roster.subscribe(jid)

    await ctx.told(add_and_ask(), _is_set(ctx, place, named, contact.groups))
    ctx.state.say(tr("{jid} was asked to show you their presence", jid=jid), account=account.known)


@command("contact")
async def contact(ctx: Context, peer: ListedJid, profile: ProfileName | None = None) -> None:
    """Go to someone in the list of contacts, or to who asks to be one."""
    place, contacts = named(ctx, peer, profile), ctx.state.layout.contacts
    entries = (each for each in contacts.entries() if each._replace(group="") == place)
    entry = next(entries, None)
    if entry is None:
        raise CommandError(tr('"{who}" is not among the contacts that are listed', who=peer))
    ctx.state.close_popup()
    contacts.marked = entry
    go_to(ctx, "contacts")


@command("remove")
async def remove(ctx: Context, jid: ContactJid | None = None) -> None:
    """Remove someone from your contacts; you no longer see each other's presence."""
    place = the_contact(ctx, jid, is_listed=True)
    who = place.peer
    if ctx.state.at(place).roster.get(who) is None:
        raise CommandError(tr('"{who}" is no contact; :contacts on shows who is', who=who))
    text = tr("{who}\nYou no longer see each other's presence; the history stays.", who=who)
    if not await confirm(ctx, tr("Remove a contact"), text):
        return
    await ctx.told(
        ctx.at(place).roster.remove(who), lambda: ctx.state.at(place).roster.get(who) is None
    )
    ctx.state.say(tr("{who} is no longer a contact", who=who), account=ctx.state.at(place))


@command("rename")
async def rename(ctx: Context, name: Text | None = None) -> None:
    """Give the contact you look at another name; alone, show the current one.

    `:rename ''` removes the name: then the address is shown. The heading of a group under the
    cursor of the contacts is renamed as well, for all who are in it.
    """
    heading = marked_heading(ctx)
    if heading is not None:
        await rename_group(ctx, heading, name)
        return
    place = the_contact(ctx, None)
    who = place.peer
    contact = ctx.state.at(place).roster.get(who)
    if name is None:
        ctx.state.say(
            tr(
                "{who} is called {name}; :rename NAME changes it, :rename '' removes it",
                who=who,
                name=contact.name,
            )
            if contact and contact.name
            else tr(
                "{who} is without a name; :rename NAME changes it, :rename '' removes it", who=who
            ),
            account=ctx.state.at(place),
        )
        return
    groups = contact.groups if contact else []
    call = ctx.at(place).roster.set(who, name, groups)
    await ctx.told(call, _is_set(ctx, place, name, groups))
    now = (
        tr("{who} is called {name}", who=who, name=name)
        if name
        else tr("{who} has no name now", who=who)
    )
    called = (
        tr("called {name}", name=contact.name) if contact and contact.name else tr("without a name")
    )
    ctx.state.say(f"{now} ({_before(contact, called)})", account=ctx.state.at(place))


@command("group")
async def group(ctx: Context, groups: GroupNames | None = None) -> None:
    """Put the contact you look at into groups, with commas between; alone, show the current ones.

    It is in those groups only; a name with a comma goes in quotes. `:group ''` takes it out of all.
    """
    place = the_contact(ctx, None)
    who = place.peer
    contact = ctx.state.at(place).roster.get(who)
    grouped = _in_groups(contact.groups if contact else ())
    if groups is None:
        ctx.state.say(
            joined(
                _grouped(who, contact.groups if contact else ()),
                tr(":group A, B changes it, :group '' takes it out of all"),
            ),
            account=ctx.state.at(place),
        )
        return
    name = contact.name if contact else ""
    call = ctx.at(place).roster.set(who, name, groups)
    await ctx.told(call, _is_set(ctx, place, name, groups))
    said = f"{_grouped(who, groups)} ({_before(contact, grouped)})"
    ctx.state.say(said, account=ctx.state.at(place))


def _is_set(ctx: Context, place: Place, name: str, groups: Sequence[str]) -> Callable[[], bool]:
    """Return what tells whether a contact is called so, and is in these groups.

    What else its server has made of that counts as well.
    """
    roster, before = ctx.state.at(place).roster, ctx.state.at(place).roster.get(place.peer)

    def is_told() -> bool:
        now = roster.get(place.peer)
        is_so = now is not None and (now.name, set(now.groups)) == (name, set(groups))
        return is_so or now != before

    return is_told


def _in_groups(groups: Sequence[str]) -> str:
    """Return which groups these are, as they would be typed."""
    return tr("in {groups}", groups=commas(groups)) if groups else tr("in no group")


def _grouped(who: str, groups: Sequence[str]) -> str:
    """Return the sentence that says in which groups somebody is."""
    if not groups:
        return tr("{who} is in no group", who=who)
    return tr("{who} is in {groups}", who=who, groups=commas(groups))


@command("subscribe")
async def subscribe(ctx: Context, jid: PeerJid | None = None, words: Text = SAME) -> None:
    """Ask to see someone's presence; when they ask for yours, they may see it.

    They read your words with the question, and how you are called (`:nickname`).
    """
    place = the_contact(ctx, jid, is_listed=True)
    who = place.peer
    _require_address(who)
    await ctx.at(place).roster.subscribe(who, text=words)
    ctx.state.say(tr("{who} was asked", who=who), account=ctx.state.at(place))


@command("unsubscribe")
async def unsubscribe(ctx: Context, jid: ContactJid | None = None) -> None:
    """Stop seeing someone's presence, or take back that you asked for it."""
    place = the_contact(ctx, jid, is_listed=True)
    who = place.peer
    contact = ctx.state.at(place).roster.get(who)
    if contact is None:
        raise CommandError(tr('"{who}" is no contact; :contacts on shows who is', who=who))
    if contact.subscription not in ("to", "both"):
        await ctx.at(place).roster.unsubscribe(who)
        ctx.state.say(
            tr("{who} is no longer asked for their presence", who=who), account=ctx.state.at(place)
        )
        return
    text = tr(
        "{who}\nYou no longer see their presence, until you ask again and they agree.", who=who
    )
    if await confirm(ctx, tr("Stop seeing someone's presence"), text):
        await ctx.at(place).roster.unsubscribe(who)
        ctx.state.say(
            tr("you no longer see the presence of {who}; :subscribe asks for it again", who=who),
            account=ctx.state.at(place),
        )


def the_contact(ctx: Context, jid: str | None, *, is_listed: bool = False) -> Place:
    """Return who is meant: named, under the cursor of the contacts, or talked with.

    Who is named is that for the account where one is. `is_listed`: a name is that of a contact,
    whoever has it as a nick in a room.
    """
    if jid:
        return find_here(ctx.state, jid, is_listed=is_listed)
    layout = ctx.state.layout
    marked = layout.list_called(ctx.state.focus)
    chosen = layout.place if marked is None else marked.marked
    if not chosen.peer:
        raise CommandError(tr("whom do you mean? give an address, or open a conversation"))
    return chosen


def _require_address(word: str) -> None:
    # A word with neither is rather a name that somebody has mistyped.
    if not {"@", "."} & set(word):
        raise CommandError(
            tr('"{word}" is no address: write name@server, or a server: example.org', word=word)
        )


def _before(contact: Contact | None, before: str) -> str:
    return tr("before: {before}", before=before) if contact is not None else tr("a contact now")
