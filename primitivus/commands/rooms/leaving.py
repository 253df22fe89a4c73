"""Leaving rooms, as commands do that leave one or put one away."""

from primitivus.client.rooms import RoomsPart
from primitivus.commands.context import Context
from primitivus.model.place import Place
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr


async def leave_room(ctx: Context, place: Place) -> str:
    """Leave a room and return what to say of that; nothing where we were not in it."""
    account, rooms = ctx.state.at(place), ctx.state.at(place).of(Rooms)
    known, was_wanted = rooms.get(place.peer), rooms.is_wanted(place.peer)
    if known is None:
        return ""
    calls = ctx.at(place).part(RoomsPart).calls
    await ctx.told(calls.leave(place.peer), lambda: not rooms.is_wanted(place.peer))
    if not was_wanted:
        return ""
    kept = (
        tr(":autojoin off keeps you from entering it at the next start") if known.autojoin else ""
    )
    said = tr(
        "you have left {name}; :join {who} enters it again",
        name=account.name(place.peer),
        who=place.peer,
    )
    return joined(said, kept)
