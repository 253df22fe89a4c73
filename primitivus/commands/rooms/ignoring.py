"""Of whom one wants to see nothing in a room, under whatever nick."""

from collections.abc import Iterable
from typing import Annotated

from backendd.api.records import Ignored
from backendd.api.tuples import NamedTuple
from primitivus.client.ignoring import IgnoringPart
from primitivus.commands.arguments.types import Kind
from primitivus.commands.arguments.which_message import selected
from primitivus.commands.arguments.which_room import shown_room
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.rooms.occupants import Nick, not_here, occupant_called
from primitivus.model.messages.ignored import IgnoredOccupants
from primitivus.model.messages.message import nick_of
from primitivus.model.place import Place
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant as split
from primitivus.model.wording.brief import brief
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


def _complete_ignored(asked: Asked) -> Iterable[Candidate]:
    wanted = asked.word.casefold()
    ignored = asked.known.state.account.of(IgnoredOccupants).listed()
    return [
        Candidate(each.nick, each.room)
        for each in ignored
        if each.nick.casefold().startswith(wanted)
    ]


IgnoredNick = Annotated[str, Kind("ignored", complete=_complete_ignored, has_blanks=True)]


class _Somebody(NamedTuple):
    """An occupant: where, by what the room knows them, and what they are called."""

    room: Place
    occupant_id: str
    nick: str


@command("ignore")
async def ignore(ctx: Context, nick: Nick | None = None) -> None:
    """See nothing any more of somebody in the room that you look at, whatever their nick.

    Alone: of the marked one, or of who wrote the selected message. What they say is kept, and never
    news; only you know. `:unignore` shows it again.
    """
    room, occupant_id, called = _whom(ctx, nick)
    known = _ignored(ctx, room)
    if known.get(room.peer, occupant_id) is not None:
        raise CommandError(
            tr('"{who}" is ignored already; {how}', who=brief(called), how=_back(called))
        )
    call = _part(ctx, room).calls.ignore(room.peer, occupant_id, nick=called)
    await ctx.told(call, lambda: known.get(room.peer, occupant_id) is not None)
    ctx.state.say(
        tr("you no longer see anything of {who}; {how}", who=brief(called), how=_back(called))
    )


@command("unignore")
async def unignore(ctx: Context, nick: IgnoredNick | None = None) -> None:
    """See again what somebody says whom you ignored, and has said.

    By the nick that they had then, or have now; alone, the marked one, or who wrote the selected
    message.
    """
    record = _of_ignored(ctx, nick)
    room = ctx.state.account.place(record.room)
    known = _ignored(ctx, room)
    call = _part(ctx, room).calls.unignore(record.room, record.occupant_id)
    await ctx.told(call, lambda: known.get(record.room, record.occupant_id) is None)
    ctx.state.say(
        tr("you see what {nick} says again", nick=brief(record.nick))
        if record.nick
        else tr("you see what they say again")
    )


@command("ignored")
async def ignored(ctx: Context) -> None:
    """Show whom you ignore in rooms; Enter ends that for the one that is chosen."""
    listed = ctx.state.account.of(IgnoredOccupants).listed()
    if not listed:
        ctx.state.say(tr("nobody is ignored; :ignore NICK ignores somebody in a room"))
        return
    account = ctx.state.account
    entries = tuple(
        Entry(
            (("popup", tr("{nick} in {name}", nick=each.nick, name=account.name(each.room))),),
            f"unignore {quote(each.occupant_id)}",
        )
        for each in listed
    )
    hint = tr("type to search; Enter ends it for one")
    ctx.state.open_popup(
        Listing(
            tr("Ignored"), (Part(ntr("{n} ignored", "{n} ignored", len(listed)), entries),), hint
        )
    )


def _back(nick: str) -> str:
    return tr(":unignore {nick} ends that", nick=quote(nick))


def _whom(ctx: Context, nick: str | None) -> _Somebody:
    """Return who is meant; CommandError, also where the room doesn't tell who is who."""
    message = selected(ctx) if nick is None else None
    if message is not None and message.kind in ("room", "private") and message.direction == "in":
        room = ctx.state.account.place(split(message.peer)[0])
        return _told_apart(ctx, _Somebody(room, message.occupant_id, split(message.sender)[1]))
    place = occupant_called(ctx, nick)
    address, called = split(place.peer)
    room = Place(place.account, address)
    rooms = ctx.state.at(place).of(Rooms)
    known = rooms.occupant(place.peer)
    if called == rooms.us(address):
        raise CommandError(tr("this is yourself"))
    if known is not None:
        return _told_apart(ctx, _Somebody(room, known.occupant_id, called))
    return _told_apart(ctx, _Somebody(room, _last_id(ctx, place), called))


def _last_id(ctx: Context, place: Place) -> str:
    """Return the id of who spoke under a nick last, as far as one sees; CommandError."""
    address, nick = split(place.peer)
    room = Place(place.account, address)
    for pane in ctx.state.layout.looking_at(room):
        for index in reversed(range(len(pane.window))):
            message = pane.window[index]
            if message.direction == "in" and nick_of(message) == nick:
                return message.occupant_id
    raise not_here(ctx, place, tr(":occupants shows who is"))


def _told_apart(ctx: Context, somebody: _Somebody) -> _Somebody:
    if somebody.occupant_id:
        return somebody
    name = ctx.state.at(somebody.room).name(somebody.room.peer)
    who = brief(somebody.nick)
    raise CommandError(
        tr(
            '"{name}" doesn\'t tell who is who: "{who}" would be back under another nick',
            name=name,
            who=who,
        )
    )


def _of_ignored(ctx: Context, nick: str | None) -> Ignored:
    """Return who is meant of those who are ignored; CommandError."""
    listed = ctx.state.account.of(IgnoredOccupants).listed()
    if nick is None:
        room, occupant_id, called = _whom(ctx, None)
        found = [
            each for each in listed if (each.room, each.occupant_id) == (room.peer, occupant_id)
        ]
    else:
        called, here = nick, shown_room(ctx).peer
        now = ctx.state.account.of(Rooms).occupant(f"{here}/{nick}")
        found = [
            each
            for each in listed
            if each.occupant_id == nick
            or each.nick.casefold() == nick.casefold()
            or (each.room == here and now is not None and each.occupant_id == now.occupant_id)
        ]
        found = [each for each in found if each.room == here] or found
    if not found:
        raise CommandError(tr('"{who}" is not ignored; :ignored shows who is', who=called))
    if len(found) > 1:
        raise CommandError(tr('several are called "{who}": choose one of :ignored', who=called))
    return found[0]


def _part(ctx: Context, place: Place) -> IgnoringPart:
    return ctx.at(place).part(IgnoringPart)


def _ignored(ctx: Context, place: Place) -> IgnoredOccupants:
    return ctx.state.at(place).of(IgnoredOccupants)
