"""Entering and leaving rooms, what one is called there, and what they are about."""

from typing import Literal

from backendd.api.errors import BackendError, InvalidJid, NicknameInUse, RoomPasswordRequired
from backendd.api.records import Room
from backendd.api.values import Value
from primitivus.client.account import AccountClient
from primitivus.client.rooms import RoomsPart
from primitivus.commands.arguments.present import OwnNick, OwnNickText, Topic
from primitivus.commands.arguments.which_room import (
    EnteredJid,
    RoomJid,
    known_room,
    of_own_server,
    room_to_enter,
    room_to_make,
    shown_room,
)
from primitivus.commands.asking.forms import fill_in
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.messages.conversations import show
from primitivus.commands.rooms.leaving import leave_room
from primitivus.model.place import Place
from primitivus.model.popups.popup import Dialog, Field
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.telling.entrance import ASKED, entered
from primitivus.model.telling.still import still_shows
from primitivus.model.wording.brief import brief
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


@command("join")
async def join(
    ctx: Context,
    room: EnteredJid | None = None,
    nick: OwnNick | None = None,
    password: str | None = None,
) -> None:
    """Enter a room, by its address; alone, the one that you look at, or ask which.

    Of a name that no room here has, the address that it may have on your server is proposed, and
    Tab completes to it. Of one that was
    destroyed it is the room in which it goes on, if there is one. Where it takes a password, or
    your nick is taken there, you are asked for another.
    """
    place = await room_to_enter(ctx, room) if room else shown_room(ctx)
    known = _record(ctx, place) or Room()
    if known.moved_to and not room:
        place = ctx.state.at(place).place(known.moved_to)
        known = _record(ctx, place) or Room()
    if not place.peer or (known.state == "in" and not room):
        await _ask(ctx, ctx.account, _Wish())
        return
    wish = _Wish(place.peer, nick or "", password or "")
    if known.state == "in" and not nick:
        await show(ctx, place)
    elif known.error[0] in ASKED and not nick and not password:
        await _ask(ctx, ctx.at(place), wish, *known.error)
    else:
        await _enter_or_ask(ctx, ctx.at(place), wish)


@command("create-room")
async def create_room(
    ctx: Context,
    room: EnteredJid,
    what: Literal["private", "public"] = "private",
    nick: OwnNick | None = None,
) -> None:
    """Make a room at this address, and enter it; where there is one already, enter that.

    Of a name alone the room is made where your server has its rooms, if you agree to the address.
    A private one lets in its members only, and shows them each other's addresses. A public one is
    found and entered by anybody, and shows addresses to its moderators only.
    """
    place = await room_to_make(ctx, room)
    if place is None:
        return
    wish = _Wish(place.peer, nick or "", is_public=what == "public")
    await _enter_or_ask(ctx, ctx.at(place), wish)


@command("leave", aliases=("part",))
async def leave(ctx: Context, room: RoomJid | None = None) -> None:
    """Leave a room, by default the one that you look at; what was said there stays."""
    place = known_room(ctx, room)
    said = await leave_room(ctx, place)
    name = ctx.state.at(place).name(place.peer)
    ctx.state.say(
        said or tr("you are not in {name}; :join {who} enters it", name=name, who=place.peer)
    )


@command("nick")
async def nick_command(ctx: Context, nick: OwnNickText | None = None) -> None:
    """Change your nick in the room that you look at; alone, show the current one."""
    place = known_room(ctx, None)
    rooms, name = _rooms(ctx, place), ctx.state.at(place).name(place.peer)
    if not nick:
        us = brief(rooms.us(place.peer))
        ctx.state.say(
            tr("your nick in {name} is {nick}; :nick NICK changes it", name=name, nick=us)
        )
        return
    before = rooms.us(place.peer)
    if nick == before:
        ctx.state.say(tr("your nick in {name} is {nick} already", name=name, nick=brief(nick)))
        return
    calls = ctx.at(place).part(RoomsPart).calls
    await ctx.told(calls.set_nick(place.peer, nick), lambda: rooms.us(place.peer) != before)
    ctx.state.say(
        tr("your nick in {name} is now {nick}", name=name, nick=brief(rooms.us(place.peer)))
    )


@command("topic", aliases=("subject",))
async def topic(ctx: Context, text: Topic | None = None) -> None:
    """Set the topic of the room that you look at; alone, show it.

    `:topic ''` removes it; Tab has the present one to be changed.
    """
    place = known_room(ctx, None)
    known = _record(ctx, place) or Room()
    name = ctx.state.at(place).name(place.peer)
    if text is None:
        is_known = tr("the topic of {name} is: {subject}", name=name, subject=known.subject)
        said = is_known if known.subject else tr("{name} has no topic", name=name)
        ctx.state.say(tr("{said}; :topic TEXT changes it", said=said))
        return
    if text.strip() == known.subject:
        ctx.state.say(
            tr("{name} has that topic already", name=name)
            if known.subject
            else tr("{name} has no topic anyway", name=name)
        )
        return
    calls = ctx.at(place).part(RoomsPart).calls
    await ctx.told(
        calls.set_subject(place.peer, text),
        lambda: (_record(ctx, place) or known).subject != known.subject,
    )


class _Wish(Value):
    """Which room is to be entered, and how; what is empty is for the backend to say."""

    room: str = ""
    nick: str = ""
    password: str = ""
    is_public: bool = False


async def _enter_or_ask(ctx: Context, account: AccountClient, wish: _Wish) -> None:
    try:
        await _enter(ctx, account, wish)
    except (RoomPasswordRequired, NicknameInUse) as error:
        await _ask(ctx, account, wish, type(error).__name__, str(error))


async def _enter(ctx: Context, account: AccountClient, wish: _Wish) -> None:
    """Enter a room, and show it unless one has gone elsewhere meanwhile."""
    before, about = ctx.state.layout.place, f"room {wish.room}"
    name = account.known.name(wish.room)
    ctx.state.say(tr("entering {name}", name=name), about=about, account=account.known)
    try:
        calls = account.part(RoomsPart).calls
        await calls.join(wish.room, wish.nick, password=wish.password, public=wish.is_public)
    finally:
        ctx.state.settle(about, account.known)
    place = account.known.place(await account.messages.open(wish.room))
    rooms = account.known.of(Rooms)
    await ctx.until(
        lambda: place.peer in ctx.state.at(place).conversations and rooms.is_in(place.peer)
    )
    name, known = account.known.name(place.peer), rooms.get(place.peer) or Room()
    news = entered(known, name, wish.nick)
    if ctx.state.layout.place == before:
        await show(ctx, place)
        line = f"chat {quote(place.peer)} {quote(place.account)}"
        said = joined(tr("you are in {name}", name=name), *news)
        ctx.state.say(said, line=line, holds=still_shows(ctx.state.layout))
    else:
        ctx.state.say(
            joined(
                tr("you are in {name} now: :chat {who} goes there", name=name, who=place.peer),
                *news,
            )
        )


async def _ask(
    ctx: Context, account: AccountClient, wish: _Wish, why: str = "", sentence: str = ""
) -> None:
    """Ask for what it takes to enter a room, until it is entered."""
    fields = [
        Field("room", tr("Room"), tr("its address, such as garden@rooms.example.org")),
        Field("nick", tr("Your nick"), tr("what you are called there"), is_optional=True),
        Field(
            "password", tr("Password"), tr("only if it takes one"), is_secret=True, is_optional=True
        ),
    ]
    fields[0].editor.reset(wish.room)
    fields[1].editor.reset(wish.nick or account.known.of(Rooms).us(wish.room))
    dialog = Dialog(tr("Enter a room"), "", fields, button=tr("Enter it"))
    if sentence:
        dialog.complain(_of_field(why, sentence))

    async def use(values: dict[str, str]) -> None:
        given = _Wish(values["room"].strip(), values["nick"].strip(), values["password"])
        if "@" not in given.room and (address := await of_own_server(ctx, given.room)):
            fields[0].editor.reset(address)
            raise InvalidJid(tr("room: {room} would be this one, on your server", room=given.room))
        try:
            await _enter(ctx, account, given)
        except BackendError as error:
            raise type(error)(_of_field(type(error).__name__, str(error))) from None

    await fill_in(ctx, dialog, use)


def _of_field(name: str, sentence: str) -> str:
    """Return a sentence so that the field is asked for anew that has to be another."""
    field = {"RoomPasswordRequired": "password", "NicknameInUse": "nick", "InvalidJid": "room"}
    return f"{field[name]}: {sentence}" if name in field else sentence


def _rooms(ctx: Context, place: Place) -> Rooms:
    return ctx.state.at(place).of(Rooms)


def _record(ctx: Context, place: Place) -> Room | None:
    return _rooms(ctx, place).get(place.peer)
