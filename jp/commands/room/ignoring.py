"""`jp room ignore`, `unignore` and `ignored`."""

from jp.command import command, prints
from jp.failures import Failure
from jp.kinds.addresses import RoomAddress
from jp.kinds.in_rooms import Nick
from jp.session import Session


@command
async def ignore(session: Session, room: RoomAddress, nick: Nick) -> None:
    """See nothing any more of somebody in a room, under any nick."""
    found = await session.rooms.occupants(room, prefix=nick)
    for each in found:
        if each.nick == nick:
            await session.rooms.ignore(room, each.occupant_id, nick=nick)
            return
    raise Failure(f"nobody in {room} has the nick {nick!r}")


@command
async def unignore(session: Session, room: RoomAddress, nick: Nick) -> None:
    """See again what somebody says in a room, and has said."""
    for each in await session.rooms.ignored(room):
        if nick in (each.nick, each.occupant_id):
            await session.rooms.unignore(room, each.occupant_id)
            return
    raise Failure(f"nobody who is ignored in {room} is called {nick!r}")


@command
@prints("Ignored.*")
async def ignored(session: Session, room: RoomAddress) -> None:
    """Print who is ignored in a room."""
    session.out.records(
        await session.rooms.ignored(room),
        ("nick", "occupant_id", "time"),
        none="nobody is ignored there",
    )
