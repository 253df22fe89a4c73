"""Contacts: adding, naming and removing them, and answering those who ask."""

from backendd.api.names import ROSTER
from primitivus.commands.candidates import resolve
from primitivus.commands.command import command
from primitivus.commands.errors import CommandError
from primitivus.commands.forms import confirm
from primitivus.commands.session import Session
from primitivus.commands.types import NOTHING, ContactJid, PeerJid, RequestJid, Rest


@command("add")
async def add(ctx: Session, jid: PeerJid, name: Rest = NOTHING) -> None:
    """Add someone to your contacts and ask to see their presence."""
    if "@" not in jid:
        raise CommandError(f"{jid} is no address: write name@server")
    contact = ctx.state.roster.get(jid)
    groups = contact.groups if contact is not None else []
    await ctx.call(ROSTER, "Set", jid, name or (contact.name if contact else ""), groups, {})
    await ctx.call(ROSTER, "Subscribe", jid, {})
    ctx.state.say(f"{jid} was asked to show you their presence")


@command("remove")
async def remove(ctx: Session, jid: ContactJid | None = None) -> None:
    """Remove someone from your contacts; neither sees the other's presence any more."""
    who = _contact(ctx, jid)
    if ctx.state.roster.get(who) is None:
        raise CommandError(f"{who} is no contact")
    text = f"{who}\nNeither of you sees the other's presence any more; what was written stays."
    if not await confirm(ctx, "Remove a contact", text):
        return
    await ctx.call(ROSTER, "Remove", who, {})
    ctx.state.say(f"{who} is no contact any more")


@command("rename")
async def rename(ctx: Session, name: Rest = NOTHING) -> None:
    """Give the contact you look at another name; without one, the address is shown."""
    who = _contact(ctx, None)
    contact = ctx.state.roster.get(who)
    await ctx.call(ROSTER, "Set", who, name.strip(), contact.groups if contact else [], {})


@command("group")
async def group(ctx: Session, groups: Rest = NOTHING) -> None:
    """Put the contact you look at into groups, with commas between; without any, into none."""
    who = _contact(ctx, None)
    contact = ctx.state.roster.get(who)
    wanted = [each.strip() for each in groups.split(",") if each.strip()]
    await ctx.call(ROSTER, "Set", who, contact.name if contact else "", wanted, {})


@command("subscribe")
async def subscribe(ctx: Session, jid: PeerJid | None = None) -> None:
    """Ask to see someone's presence."""
    who = _contact(ctx, jid)
    if "@" not in who:
        raise CommandError(f"{who} is no address: write name@server")
    await ctx.call(ROSTER, "Subscribe", who, {})
    ctx.state.say(f"{who} was asked")


@command("unsubscribe")
async def unsubscribe(ctx: Session, jid: ContactJid | None = None) -> None:
    """See someone's presence no more."""
    await ctx.call(ROSTER, "Unsubscribe", _contact(ctx, jid), {})


@command("accept")
async def accept(ctx: Session, jid: RequestJid | None = None) -> None:
    """Let someone who asked see your presence; without an address, the first who asked."""
    who = _request(ctx, jid)
    await ctx.call(ROSTER, "Approve", who, {})
    contact = ctx.state.roster.get(who)
    is_mutual = contact is not None and (contact.ask or contact.subscription in ("to", "both"))
    more = "" if is_mutual else f"; :add {who} asks to see theirs"
    ctx.state.say(f"{who} may see your presence{more}")


@command("deny")
async def deny(ctx: Session, jid: RequestJid | None = None) -> None:
    """Refuse someone who asked to see your presence, or let them see it no more."""
    who = _request(ctx, jid)
    await ctx.call(ROSTER, "Deny", who, {})
    ctx.state.say(f"{who} does not see your presence")


@command("requests")
async def requests(ctx: Session) -> None:
    """Show who asks to see your presence, and how to answer."""
    waiting = ctx.state.roster.requests
    if not waiting:
        ctx.state.say("nobody waits for an answer")
        return
    first = next(iter(waiting))
    ctx.state.say(
        f"{', '.join(waiting)} ask{'s' if len(waiting) == 1 else ''} to see your presence: "
        f":accept {first} or :deny {first}"
    )


@command("next-notification")
async def next_notification(ctx: Session) -> None:
    """Go to what waits for you: a request, else unread messages."""
    if ctx.state.roster.requests:
        await requests(ctx)
        return
    await ctx.screen.run_line("next-unread")


def _contact(ctx: Session, jid: str | None) -> str:
    """Return who is meant: named, under the cursor of the contacts, or talked with."""
    if jid:
        return resolve(ctx.state, jid)
    view = ctx.state.view
    chosen = view.listed_contact if view.focus == "contacts" else view.peer
    if not chosen:
        raise CommandError("whom? give an address, or open a conversation")
    return chosen


def _request(ctx: Session, jid: str | None) -> str:
    waiting = ctx.state.roster.requests
    if jid:
        return jid
    if ctx.state.view.focus == "contacts" and ctx.state.view.listed_contact in waiting:
        return ctx.state.view.listed_contact
    if not waiting:
        raise CommandError("nobody waits for an answer")
    return next(iter(waiting))
