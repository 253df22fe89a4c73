"""Who asks to see our presence, and how they are answered."""

from collections.abc import Callable
from typing import Literal

from primitivus.commands.arguments.people import RequestJid, of_one
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.place import Place
from primitivus.model.questions.requests import PresenceRequest
from primitivus.sentences import tr


@command("accept")
async def accept(
    ctx: Context, jid: RequestJid | None = None, how: Literal["mutual", "only"] = "mutual"
) -> None:
    """Let someone who asked see your presence, and ask to see theirs.

    Without an address: the one under the cursor of the contacts, else the first who asked. With
    `only` they are not asked in return.
    """
    place = _request(ctx, jid)
    account = ctx.state.at(place)
    who, contact = place.peer, account.roster.get(place.peer)
    await ctx.told(ctx.at(place).roster.approve(who), _is_answered(ctx, place))
    has_asked = contact is not None and (contact.ask or contact.subscription in ("to", "both"))
    if has_asked or how == "only":
        ctx.state.say(tr("{who} may see your presence", who=who), account=account)
        return
    await ctx.at(place).roster.subscribe(who)
    ctx.state.say(
        tr("{who} may see your presence, and was asked to show you theirs", who=who),
        account=account,
    )


@command("deny")
async def deny(ctx: Context, jid: RequestJid | None = None) -> None:
    """Refuse someone who asked to see your presence, or no longer let them see it.

    Without an address: the one under the cursor of the contacts, else the first who asked.
    """
    place = _request(ctx, jid)
    who = place.peer
    if _sees_us(ctx, place):
        text = tr(
            "{who}\nThey no longer see your presence, until they ask again and you agree.", who=who
        )
        if not await confirm(ctx, tr("Stop showing your presence"), text):
            return
    await ctx.told(ctx.at(place).roster.deny(who), _is_answered(ctx, place))
    ctx.state.say(tr("{who} does not see your presence", who=who), account=ctx.state.at(place))


def _is_answered(ctx: Context, place: Place) -> Callable[[], bool]:
    return lambda: place.peer not in ctx.state.at(place).roster.requests


def _waiting(ctx: Context) -> list[Place]:
    """Return who asks, account by account, the oldest first."""
    opened = ctx.state.accounts.opened()
    return [each.place for account in opened for each in PresenceRequest.waiting(account)]


def _sees_us(ctx: Context, place: Place) -> bool:
    contact = ctx.state.at(place).roster.get(place.peer)
    return contact is not None and contact.subscription in ("from", "both")


def _request(ctx: Context, jid: str | None) -> Place:
    """Return who is answered: named, under the cursor of the contacts, else the first who asked."""
    waiting = _waiting(ctx)
    if jid:
        here = ctx.state.account.place(jid)
        asking = [each for each in waiting if each.peer == jid]
        if here in asking or (not asking and _sees_us(ctx, here)):
            return here
        if not asking:
            raise CommandError(tr('"{jid}" does not ask to see your presence', jid=jid))
        return of_one(ctx.state, asking, jid)
    marked = ctx.state.layout.contacts.marked
    if ctx.state.focus == "contacts" and marked.peer:
        if marked not in waiting:
            raise CommandError(tr('"{who}" does not ask to see your presence', who=marked.peer))
        return marked
    if not waiting:
        raise CommandError(tr("nothing waits for your answer"))
    return waiting[0]
