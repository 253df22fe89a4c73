"""Who asks to see our presence, and how they are answered."""

from typing import Literal

from backendd.api.names import ROSTER
from primitivus.commands.command import command
from primitivus.commands.errors import CommandError
from primitivus.commands.forms import confirm
from primitivus.commands.session import Session
from primitivus.commands.types import RequestJid
from primitivus.model.address import with_meaning


@command("accept")
async def accept(
    ctx: Session, jid: RequestJid | None = None, how: Literal["mutual", "only"] = "mutual"
) -> None:
    """Let someone who asked see your presence, and ask to see theirs.

    Without an address: the one under the cursor of the contacts, else the first who asked. With
    `only` they are not asked in return.
    """
    who = _request(ctx, jid)
    await ctx.call(ROSTER, "Approve", who, {})
    contact = ctx.state.roster.get(who)
    has_asked = contact is not None and (contact.ask or contact.subscription in ("to", "both"))
    if has_asked or how == "only":
        ctx.state.say(f"{who} may see your presence")
        return
    await ctx.call(ROSTER, "Subscribe", who, {})
    ctx.state.say(f"{who} may see your presence, and was asked to show you theirs")


@command("deny")
async def deny(ctx: Session, jid: RequestJid | None = None) -> None:
    """Refuse someone who asked to see your presence, or let them see it no more.

    Without an address: the one under the cursor of the contacts, else the first who asked.
    """
    who = _request(ctx, jid)
    contact = ctx.state.roster.get(who)
    if contact is not None and contact.subscription in ("from", "both"):
        text = f"{who}\nThey see your presence no more, until they ask and you let them again."
        if not await confirm(ctx, "Show your presence no more", text):
            return
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
    names = ", ".join(with_meaning(jid) for jid in waiting)
    ctx.state.say(
        f"{names} ask{'s' if len(waiting) == 1 else ''} to see your presence: "
        f":accept {first} or :deny {first}"
    )


@command("next-notification")
async def next_notification(ctx: Session) -> None:
    """Go to what waits for you: one request after the other, then unread messages."""
    view = ctx.state.view
    waiting = list(ctx.state.roster.requests)
    is_there = view.focus == "contacts" and view.listed_contact in waiting
    left = waiting[waiting.index(view.listed_contact) + 1 :] if is_there else waiting
    if not left:
        await ctx.screen.run_line("next-unread")
        return
    ctx.state.close_popup()
    ctx.change("contacts", True)
    ctx.state.show(pane="contacts", listed_contact=left[0], mode="normal")


def _request(ctx: Session, jid: str | None) -> str:
    """Return who is answered: named, under the cursor of the contacts, else the first who asked."""
    waiting = ctx.state.roster.requests
    if jid:
        return jid
    view = ctx.state.view
    if view.focus == "contacts" and view.listed_contact:
        if view.listed_contact not in waiting:
            raise CommandError(f"{view.listed_contact} does not ask to see your presence")
        return view.listed_contact
    if not waiting:
        raise CommandError("nobody waits for an answer")
    return next(iter(waiting))
