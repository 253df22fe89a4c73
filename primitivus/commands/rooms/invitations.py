"""Inviting people to rooms, and answering who invites."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Literal

from primitivus.client.invitations import InvitationsPart
from primitivus.client.rooms import RoomsPart
from primitivus.commands.arguments.people import PeerJid, accounts, everywhere, find_in
from primitivus.commands.arguments.types import SAME, Kind, Text
from primitivus.commands.arguments.which_room import meant, shown_room
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.messages.conversations import show
from primitivus.model.accounts.account import Account
from primitivus.model.questions.invitations import Invitations, RoomInvitation, popup
from primitivus.model.rooms.rooms import Rooms
from primitivus.sentences import tr


def _complete_invitation(asked: Asked) -> Iterable[Candidate]:
    found = everywhere(asked.known.state, _invitations)
    wanted = asked.word.casefold()
    # An address begins with the name.
    return [each for each in found if each.text.casefold().startswith(wanted)]


def _invitations(account: Account) -> Iterator[Candidate]:
    for each in account.of(Invitations).listed():
        yield Candidate(each.room, tr("{name} invites", name=account.name(each.from_)))


# A room to which one is invited.
InvitedTo = Annotated[str, Kind("invitation", complete=_complete_invitation, has_blanks=True)]


@command("invite")
async def invite(ctx: Context, jid: PeerJid, reason: Text = SAME) -> None:
    """Invite somebody to the room that you look at, by name or address, perhaps with a reason."""
    place = shown_room(ctx)
    if not place.peer:
        raise CommandError(tr("this isn't a room: go to the one you invite to"))
    account = ctx.state.at(place)
    if not account.of(Rooms).is_wanted(place.peer):
        raise CommandError(
            tr('you are not in "{name}": :join enters it', name=account.name(place.peer))
        )
    who = find_in(account, jid).peer
    if "@" not in who:
        raise CommandError(tr('"{who}" is no address: write name@server', who=who))
    await ctx.at(place).part(RoomsPart).calls.invite(place.peer, who, reason)
    ctx.state.say(tr("{who} was invited to {name}", who=who, name=account.name(place.peer)))


@command("invitation")
async def invitation(ctx: Context, room: InvitedTo | None = None) -> None:
    """Show an invitation, by default the first, and what can be answered."""
    asked, state = _the_invitation(ctx, room), ctx.state
    state.open_popup(popup(asked, state.accounts.told_apart(state.at(asked.place))))


@command("accept-invitation")
async def accept_invitation(
    ctx: Context,
    room: InvitedTo | None = None,
    how: Literal["once", "keep"] = "once",
    nick: Text = SAME,
) -> None:
    """Enter the room that somebody invites you to, by default the first; `keep` bookmarks it.

    With a NICK that is your nick there. A room that is called "keep" itself stands in quotes.
    """
    asked = _the_invitation(ctx, room)
    ctx.state.close_popup()
    place, account = asked.place, ctx.at(asked.place)
    calls = account.part(InvitationsPart).calls
    ctx.state.say(tr("entering {name}", name=asked.name), about=asked.about, account=account.known)
    await ctx.told(calls.accept_invitation(asked.record.id, nick), _is_answered(ctx, asked))
    if how == "keep":
        await calls.bookmark(place.peer, autojoin=True)
    opened = account.known.place(await account.messages.open(place.peer))
    await ctx.until(lambda: opened.peer in ctx.state.at(opened).conversations)
    await show(ctx, opened)


@command("decline")
async def decline(ctx: Context, room: InvitedTo | None = None, reason: Text = SAME) -> None:
    """Decline an invitation to a room, by default the first, perhaps with a reason.

    Whoever invites you is told if it came by the room.
    """
    asked = _the_invitation(ctx, room)
    ctx.state.close_popup()
    calls = ctx.at(asked.place).part(InvitationsPart).calls
    await ctx.told(calls.decline_invitation(asked.record.id, reason), _is_answered(ctx, asked))
    ctx.state.say(
        tr("the invitation to {name} is declined", name=asked.name),
        account=ctx.state.at(asked.place),
    )


def _is_answered(ctx: Context, asked: RoomInvitation) -> Callable[[], bool]:
    known = ctx.state.at(asked.place).of(Invitations)
    return lambda: asked.record.id not in [each.id for each in known.listed()]


def _the_invitation(ctx: Context, room: str | None) -> RoomInvitation:
    """Return the invitation that is meant: to this room, by address or name, else the first.

    Of several to it that is the newest, to the account where one is, unless it is named by its own
    word, as by its popup. CommandError.
    """
    waiting = [each for account in accounts(ctx.state) for each in RoomInvitation.waiting(account)]
    if not waiting:
        raise CommandError(tr("nobody invites you"))
    if room is None:
        return waiting[0]
    if (exact := next((each for each in waiting if each.word == room), None)) is not None:
        return exact
    place = meant(ctx.state, [each.place for each in waiting], room)
    if place is None:
        raise CommandError(tr('nobody invites you to "{room}"', room=room))
    return next(each for each in reversed(waiting) if each.place == place)
