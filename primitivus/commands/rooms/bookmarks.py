"""Rooms that are kept on the server, and entered whenever one connects."""

from backendd.api.records import Room
from primitivus.client.rooms import RoomsPart
from primitivus.commands.arguments.switches import switched, what_is_so
from primitivus.commands.arguments.types import Switch, Text
from primitivus.commands.arguments.which_room import RoomJid, shown_room, the_room
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.marked_row import marked_row
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.sentences import tr


@command("bookmark")
async def bookmark(ctx: Context, name: Text | None = None) -> None:
    """Keep the room that you look at, for all your clients; they enter it when they connect.

    A NAME is what you see it called. With `:autojoin off` it is kept, but not entered.
    """
    place = _the_room(ctx, None)
    rooms = ctx.state.at(place).of(Rooms)
    calls = ctx.at(place).part(RoomsPart).calls
    known = rooms.get(place.peer)
    if known is not None and known.bookmarked:
        call = calls.bookmark(place.peer) if name is None else calls.bookmark(place.peer, name=name)
    elif name is None:
        call = calls.bookmark(place.peer, autojoin=True)
    else:
        call = calls.bookmark(place.peer, autojoin=True, name=name)
    await ctx.told(call, lambda: _is_kept(rooms, place.peer))
    ctx.state.say(
        tr("{name} is bookmarked; :unbookmark ends that", name=ctx.state.at(place).name(place.peer))
    )


@command("unbookmark")
async def unbookmark(ctx: Context, room: RoomJid | None = None) -> None:
    """Remove a bookmark, by default of the room that you look at; your other clients leave it."""
    place = _the_room(ctx, room)
    rooms, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)
    if not room and not await _is_sure(ctx, name):
        return
    call = ctx.at(place).part(RoomsPart).calls.unbookmark(place.peer)
    await ctx.told(call, lambda: not _is_kept(rooms, place.peer))
    ctx.state.say(tr("{name} is no longer bookmarked", name=name))


@command("autojoin")
async def autojoin(ctx: Context, switch: Switch | None = None) -> None:
    """Enter the room that you look at whenever you connect, on all your clients, or don't.

    Alone, it shows what is so.
    """
    place = _the_room(ctx, None)
    rooms, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)
    is_on = switched(switch, is_on=_is_entered(rooms, place.peer))
    if switch is not None:
        call = ctx.at(place).part(RoomsPart).calls.bookmark(place.peer, autojoin=is_on)
        await ctx.told(call, lambda: _is_entered(rooms, place.peer) == is_on)
    said = (
        tr("{name} is entered when you connect", name=name)
        if is_on
        else tr("{name} is not entered when you connect", name=name)
    )
    ctx.state.say(what_is_so(said, "autojoin", switch, is_on=is_on))


def _is_entered(rooms: Rooms, room: str) -> bool:
    known = rooms.get(room)
    return known is not None and known.autojoin


async def _is_sure(ctx: Context, name: str) -> bool:
    """Return whether the marked one of a list is to go."""
    if marked_row(ctx) is None:
        return True
    return await confirm(
        ctx, tr("Remove a bookmark"), tr("{name}\nYour other clients leave it.", name=name)
    )


def _is_kept(rooms: Rooms, room: str) -> bool:
    known = rooms.get(room)
    return known is not None and known.bookmarked


def _the_room(ctx: Context, room: str | None) -> Place:
    """Return the room that is named, else the marked one of the list, or where one is."""
    place = the_room(ctx, room) if room else shown_room(ctx)
    if not place.peer:
        raise CommandError(tr("this isn't a room: :join ROOM enters one"))
    return place


def bookmarked(ctx: Context) -> tuple[Place, Room]:
    """Return the room that is marked or shown, as it is kept; CommandError where it isn't."""
    place = _the_room(ctx, None)
    room = ctx.state.at(place).of(Rooms).get(place.peer)
    if room is None or not room.bookmarked:
        name = ctx.state.at(place).name(place.peer)
        raise CommandError(tr("{name} is not bookmarked; :bookmark keeps it", name=name))
    return place, room
