"""Rooms that are kept on the server, and entered whenever one connects."""

from primitivus.client.rooms import RoomsPart
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.forms import confirm
from primitivus.commands.switches import switched, what_is_so
from primitivus.commands.types import Switch, Text
from primitivus.commands.which_room import RoomJid, shown_room, the_room
from primitivus.model.bookmarks import BookmarksPopup
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


@command("bookmarks")
async def bookmarks(ctx: Context) -> None:
    """Show the rooms that you keep, whether you are there or not; Enter enters one.

    There is a key to have one entered whenever you connect, or no longer, and one to remove it.
    """
    account = ctx.account.known
    rooms = account.of(Rooms)
    await ctx.until(lambda: rooms.are_known)
    if not rooms.bookmarked():
        ctx.state.say("nothing is bookmarked; :bookmark keeps the room that you look at")
        return
    ctx.state.open_popup(BookmarksPopup("Bookmarks", (), _hint(ctx), account=account))


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == BookmarksPopup.context]
    keys = {each.line: each.keys for each in bound}
    purposes = (("autojoin toggle", "does so whenever you connect"), ("unbookmark", "removes it"))
    said = [f"{keys[line]} {purpose}" for line, purpose in purposes if line in keys]
    return "; ".join(("type to search", "Enter enters it", *said))


@command("unbookmark")
async def unbookmark(ctx: Context, room: RoomJid | None = None) -> None:
    """Remove a bookmark, by default of the room that you look at; your other clients leave it."""
    place = _the_room(ctx, room)
    rooms, name = ctx.state.at(place).of(Rooms), ctx.state.at(place).name(place.peer)
    if not room and not await _is_sure(ctx, name):
        return
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
    is_on = switched(switch, is_on=_is_entered(rooms, place.peer))
    if switch is not None:
        call = ctx.at(place).part(RoomsPart).calls.bookmark(place.peer, autojoin=is_on)
        await ctx.told(call, lambda: _is_entered(rooms, place.peer) == is_on)
    said = f"{name} is {'' if is_on else 'not '}entered when you connect"
    ctx.state.say(what_is_so(said, "autojoin", switch, is_on=is_on))


def _is_entered(rooms: Rooms, room: str) -> bool:
    known = rooms.get(room)
    return known is not None and known.autojoin


async def _is_sure(ctx: Context, name: str) -> bool:
    """Return whether the chosen one of the list is to go, which shows again after the question."""
    listed = ctx.pane
    if not isinstance(listed, BookmarksPopup):
        return True
    text = f"{name}\nYour other clients leave it."
    is_sure = await confirm(ctx, "Remove a bookmark", text)
    ctx.state.open_popup(listed)
    return is_sure


def _is_kept(rooms: Rooms, room: str) -> bool:
    known = rooms.get(room)
    return known is not None and known.bookmarked


def _the_room(ctx: Context, room: str | None) -> Place:
    """Return the room that is named, else the chosen one of the list, or where one is."""
    listed = ctx.pane
    here = listed.marked if isinstance(listed, BookmarksPopup) else shown_room(ctx)
    place = the_room(ctx, room) if room else here
    if not place.peer:
        raise CommandError("this isn't a room: :join ROOM enters one")
    return place
