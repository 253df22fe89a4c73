"""Rooms that are kept on the server, and entered whenever one connects."""

from primitivus.client.rooms import RoomsPart
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.types import Switch, Text
from primitivus.commands.which_room import RoomJid, shown_room, the_room
from primitivus.model.place import Place
from primitivus.model.rooms import Rooms


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
    ctx.state.say(f"{ctx.state.at(place).name(place.peer)} is bookmarked; :unbookmark ends that")


@command("unbookmark")
async def unbookmark(ctx: Context, room: RoomJid | None = None) -> None:
    """Remove a bookmark, by default of the room that you look at; your other clients leave it."""
    place = _the_room(ctx, room)
    rooms, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)
    call = ctx.at(place).part(RoomsPart).calls.unbookmark(place.peer)
    await ctx.told(call, lambda: not _is_kept(rooms, place.peer))
    ctx.state.say(f"{name} is no longer bookmarked")


@command("autojoin")
async def autojoin(ctx: Context, switch: Switch | None = None) -> None:
    """Enter the room that you look at whenever you connect, on all your clients, or don't.

    Alone, it shows what is so.
    """
    place = _the_room(ctx, None)
    rooms, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)
    known = rooms.get(place.peer)
    is_on = known is not None and known.autojoin
    if switch is None:
        other = "off" if is_on else "on"
        ctx.state.say(f"{_entered(name, is_on=is_on)}; :autojoin {other} changes that")
        return
    wanted = not is_on if switch == "toggle" else switch == "on"
    call = ctx.at(place).part(RoomsPart).calls.bookmark(place.peer, autojoin=wanted)

    def is_told() -> bool:
        now = rooms.get(place.peer)
        return now is not None and now.autojoin == wanted

    await ctx.told(call, is_told)
    ctx.state.say(_entered(name, is_on=wanted))


def _entered(name: str, *, is_on: bool) -> str:
    return f"{name} is {'' if is_on else 'not '}entered when you connect"


def _is_kept(rooms: Rooms, room: str) -> bool:
    known = rooms.get(room)
    return known is not None and known.bookmarked


def _the_room(ctx: Context, room: str | None) -> Place:
    place = the_room(ctx, room) if room else shown_room(ctx)
    if not place.peer:
        raise CommandError("this isn't a room: :join ROOM enters one")
    return place
