"""What moderators, admins and owners of a room do: to who is there, and to the room itself."""

import re
from typing import Literal

from backendd.api.contract import Rooms as Calls
from backendd.api.errors import InvalidArgument
from backendd.api.records import Affiliation
from backendd.api.words import Role
from primitivus.client.rooms import RoomsPart
from primitivus.commands.arguments.nicks import of_nick
from primitivus.commands.arguments.types import SAME, Text
from primitivus.commands.arguments.which_room import RoomJid, shown_room, the_room
from primitivus.commands.asking.forms import NOTHING_DONE, confirm, fill_in, fill_in_form
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.rooms import rights
from primitivus.commands.rooms.occupants import Nick, not_here, occupant_called, the_occupant
from primitivus.commands.rooms.standing import (
    require_affiliation,
    require_moderator,
    require_somebody_else,
)
from primitivus.model.place import Place
from primitivus.model.popups.forms import Answers, Button
from primitivus.model.popups.listing import Entry, Listing, Markup, Part
from primitivus.model.popups.popup import Dialog, Field
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant as split
from primitivus.model.wording.brief import brief
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

_DOMAIN = re.compile(r"[^\s/@.]+(\.[^\s/@.]+)+")
_CALLED = {
    "owner": tr("Owners"),
    "admin": tr("Admins"),
    "member": tr("Members"),
    "outcast": tr("Banned"),
}


@command("kick")
async def kick(ctx: Context, nick: Nick | None = None, reason: Text = SAME) -> None:
    """Kick somebody out of the room, by default the marked one; they may come back.

    The reason is shown to everybody there.
    """
    place = the_occupant(ctx, nick)
    room, who = split(place.peer)
    here = ctx.state.at(place).place(room)
    require_somebody_else(ctx, here, who, rights.CANT_KICK_YOU)
    require_moderator(ctx, here, rights.kicks)
    text = tr("{who}\nThey may come back.", who=brief(who))
    if nick is None and not await confirm(ctx, tr("Kick somebody"), text):
        return
    call = calls_at(ctx, place).set_role(room, who, "none", reason)
    await ctx.told(call, lambda: _rooms(ctx, place).occupant(place.peer) is None)
    ctx.state.say(
        tr("{who} had to leave {name}", who=brief(who), name=ctx.state.at(place).name(room))
    )


@command("voice")
async def voice(
    ctx: Context, nick: Nick | None = None, switch: Literal["on", "off"] = "on"
) -> None:
    """Let somebody speak in a moderated room, by default the marked one; `off` ends that."""
    if switch == "on":
        await _set_role(ctx, nick, "participant", rights.speaks)
    else:
        await _set_role(ctx, nick, "visitor", rights.is_silent)


@command("request-voice")
async def request_voice(ctx: Context) -> None:
    """Ask the moderators of the room that you look at to let you speak; :voice is how they do."""
    room = room_here(ctx, None)
    await calls_at(ctx, room).request_voice(room.peer)
    ctx.state.say(tr("the moderators of {name} are asked", name=ctx.state.at(room).name(room.peer)))


@command("moderator")
async def moderator(
    ctx: Context, nick: Nick | None = None, switch: Literal["on", "off"] = "on"
) -> None:
    """Make somebody a moderator for this visit, by default the marked one; `off` ends that."""
    if switch == "on":
        await _set_role(ctx, nick, "moderator", rights.moderates)
    else:
        await _set_role(ctx, nick, "participant", rights.moderates_no_more)


@command("affiliate")
async def affiliate(
    ctx: Context,
    who: Nick,
    affiliation: Literal["owner", "admin", "member", "none", "outcast"],
    reason: Text = SAME,
) -> None:
    """Make somebody an owner, admin or member of the room that you look at, by nick or address.

    An outcast is banned; `none` takes all special rights away.
    """
    room, jid, called = addressed(ctx, who)
    where = ctx.state.at(room).name(room.peer)
    text = rights.coming(affiliation, called, where)
    is_grave = affiliation in ("owner", "outcast")
    if affiliation == "outcast":
        require_somebody_else(ctx, room, jid, rights.CANT_BAN_YOU)
    if is_grave:
        least = "owner" if affiliation == "owner" else "admin"
        only = rights.makes_owners if affiliation == "owner" else rights.makes_outcasts
        require_affiliation(ctx, room, least, only)
    if not is_grave or await confirm(ctx, tr("Change somebody's rights"), text):
        await calls_at(ctx, room).set_affiliation(room.peer, jid, affiliation, reason)
        ctx.state.say(rights.now(affiliation, called, where))


@command("affiliations")
async def affiliations(
    ctx: Context, affiliation: Literal["", "owner", "admin", "member", "outcast"] = ""
) -> None:
    """Show who has which rights in the room that you look at; Enter changes those of one."""
    place = room_here(ctx, None)
    found = await calls_at(ctx, place).affiliations(place.peer, affiliation)
    parts = tuple(
        Part(title, entries)
        for word, title in _CALLED.items()
        if (entries := tuple(_entry(each) for each in found if each.affiliation == word))
    )
    name = ctx.state.at(place).name(place.peer)
    if not parts:
        ctx.state.say(tr("{name} has nobody on this list", name=name))
        return
    ctx.state.open_popup(
        Listing(tr("Who has which rights in {name}", name=name), parts, tr("type to search"))
    )


@command("configure")
async def configure(ctx: Context, room: RoomJid | None = None) -> None:
    """Set up a room of yours, by default the one that you look at, with the form that it has."""
    place = room_here(ctx, room)
    name, calls = ctx.state.at(place).name(place.peer), calls_at(ctx, place)
    form = await calls.configuration(place.peer)

    async def use(answers: Answers, _: Button) -> None:
        if answers:
            await calls.configure(place.peer, answers)

    purpose = f"configure {place.peer}"
    account = ctx.state.at(place)
    if await fill_in_form(
        ctx, account, form, use, purpose=purpose, title=tr("Set up {name}", name=name)
    ):
        ctx.state.say(tr("{name} is set up", name=name))


@command("destroy")
async def destroy(ctx: Context, room: RoomJid | None = None) -> None:
    """Destroy a room of yours for everybody, by default the one that you look at, after asking."""
    place = room_here(ctx, room)
    require_affiliation(ctx, place, "owner", rights.destroys)
    name, calls = ctx.state.at(place).name(place.peer), calls_at(ctx, place)
    fields = [
        Field("sure", tr("Type its address"), place.peer),
        Field("reason", tr("Reason"), tr("everybody there sees it"), is_optional=True),
        Field("alternate", tr("Room to go to instead"), tr("its address"), is_optional=True),
    ]
    text = tr("{name} will be gone, for everybody. Its history stays here.", name=name)
    dialog = Dialog(tr("Destroy a room"), text, fields, button=tr("Destroy it"))

    async def use(values: dict[str, str]) -> None:
        if values["sure"].strip() != place.peer:
            raise InvalidArgument(tr('sure: this is not "{who}"', who=place.peer))
        await calls.destroy(place.peer, values["reason"], alternate=values["alternate"].strip())

    is_done = await fill_in(ctx, dialog, use)
    ctx.state.say(tr("{name} is destroyed", name=name) if is_done else NOTHING_DONE)


def _entry(record: Affiliation) -> Entry:
    return Entry(described(record), f"prompt affiliate {quote(record.jid)}")


def described(record: Affiliation) -> Markup:
    """Return how somebody stands in a list of who is what."""
    said = "  ".join(filter(None, (record.nick, record.reason)))
    return (("popup", record.jid), ("hint", f"  {said}" if said else ""))


async def _set_role(ctx: Context, nick: str | None, role: Role, said: rights.Said) -> None:
    place = the_occupant(ctx, nick)
    room, who = split(place.peer)

    def is_told() -> bool:
        known = _rooms(ctx, place).occupant(place.peer)
        return known is None or known.role == role

    await ctx.told(calls_at(ctx, place).set_role(room, who, role, ""), is_told)
    ctx.state.say(said(brief(who), ctx.state.at(place).name(room)))


def addressed(ctx: Context, word: str | None) -> tuple[Place, str, str]:
    """Return the room, the address of who is meant, and what they are called; CommandError.

    What is no nick there and has a dot in it is a server, which means everybody who is at it.
    """
    if word is not None and ("@" in word or _DOMAIN.fullmatch(word)):
        here = room_here(ctx, None)
        if of_nick(ctx.state.at(here).occupant_places(here), word) is None:
            return here, word, word
    place = occupant_called(ctx, word)
    room, nick = split(place.peer)
    known = _rooms(ctx, place).occupant(place.peer)
    if known is None:
        raise not_here(ctx, place, tr("an address works as well"))
    if not known.jid:
        raise CommandError(
            tr('the room does not show you the address of "{nick}"', nick=brief(nick))
        )
    return ctx.state.at(place).place(room), known.jid, brief(nick)


def room_here(ctx: Context, room: str | None) -> Place:
    """Return the room that is named, else the one that one looks at; CommandError."""
    place = the_room(ctx, room) if room else shown_room(ctx)
    if not place.peer:
        raise CommandError(tr("this isn't a room: :join ROOM enters one"))
    return place


def calls_at(ctx: Context, place: Place) -> Calls:
    """Return what is asked of the backend about the rooms of an account."""
    return ctx.at(place).part(RoomsPart).calls


def _rooms(ctx: Context, place: Place) -> Rooms:
    return ctx.state.at(place).of(Rooms)
