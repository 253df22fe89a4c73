"""Whom one takes nothing from any more."""

from collections.abc import Iterable
from typing import Annotated, Literal

from backendd.api.words import Report
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.arguments.types import Kind
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.contacts.roster import the_contact
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.place import Place
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr

Reason = Literal["", "spam", "abuse"]


def _complete_blocked(asked: Asked) -> Iterable[Candidate]:
    account, wanted = asked.known.state.account, asked.word.casefold()
    named = [(each, account.name(each)) for each in account.blocked.listed()]
    return [
        Candidate(entry, name)
        for entry, name in named
        if entry.startswith(wanted) or name.casefold().startswith(wanted)
    ]


BlockedJid = Annotated[str, Kind("blocked", complete=_complete_blocked)]


@command("block")
async def block(ctx: Context, jid: PeerJid | None = None, report: Reason = "") -> None:
    """Take nothing more from someone; what they have written stays.

    Without an address: whom you look at. A server's address blocks all who are there. With `spam`
    or `abuse` they are reported to those who run your server. Somebody in a room may come back
    under another nick: `:ignore` goes by more than that.
    """
    place = the_contact(ctx, jid)
    who, known = place.peer, ctx.state.at(place)
    if who in known.blocked:
        raise CommandError(tr('"{who}" is blocked already; :unblock {who} ends that', who=who))
    text = tr(
        "{who}\nNothing more comes from anybody there, and nobody there sees you online.", who=who
    )
    if "@" not in who and not await confirm(ctx, tr("Block a whole server"), text):
        return
    await _block(ctx, place, report)
    ctx.state.say(
        tr(
            "{who} is blocked, and reported for {report}; :unblock {who} ends that",
            who=who,
            report=report,
        )
        if report
        else tr("{who} is blocked; :unblock {who} ends that", who=who),
        account=known,
    )


async def _block(ctx: Context, place: Place, report: Report) -> None:
    roster, known = ctx.at(place).roster, ctx.state.at(place)
    if place.peer in known.roster.requests:
        await roster.deny(place.peer)
    call = roster.block(place.peer, report=report)
    await ctx.told(call, lambda: place.peer in known.blocked)


@command("unblock")
async def unblock(ctx: Context, jid: BlockedJid | None = None) -> None:
    """Unblock someone. Without an address: whom you look at."""
    is_entry = jid is not None and jid in ctx.state.account.blocked
    place = ctx.state.account.place(jid) if jid and is_entry else the_contact(ctx, jid)
    known = ctx.state.at(place)
    entry = known.blocked.entry(place.peer)
    who = place.peer if jid else entry
    if not who:
        raise CommandError(tr('"{who}" is not blocked', who=place.peer))
    if entry not in ("", who):
        how = tr(":unblock {entry} ends that for all there", entry=entry)
        raise CommandError(
            tr('"{who}" is blocked by "{entry}"; {how}', who=who, entry=entry, how=how)
        )
    await ctx.told(ctx.at(place).roster.unblock(who), lambda: who not in known.blocked)
    ctx.state.say(tr("{who} is no longer blocked", who=who), account=known)


@command("blocked")
async def blocked(ctx: Context) -> None:
    """Show whom you have blocked; Enter ends that for the one that is chosen."""
    listed = ctx.account.known.blocked.listed()
    if not listed:
        ctx.state.say(tr("nobody is blocked; :block ADDRESS blocks somebody"))
        return
    entries = tuple(Entry((("popup", each),), f"unblock {quote(each)}") for each in listed)
    hint = tr("type to search; Enter unblocks")
    ctx.state.open_popup(
        Listing(
            tr("Blocked"), (Part(ntr("{n} blocked", "{n} blocked", len(listed)), entries),), hint
        )
    )
