"""`jp room topic`."""

from jp.command import command, prints
from jp.failures import Failure
from jp.kinds.addresses import RoomAddress
from jp.kinds.texts import Body
from jp.session import Session


@command
@prints("subject")
async def topic(session: Session, room: RoomAddress, text: Body | None = None) -> None:
    """Print the topic of a room, or set it; an empty one removes it.

    $ jp room topic garden "what grows"
    """
    if text is not None:
        await session.rooms.set_subject(room, text)
        return
    for each in await session.rooms.list():
        if each.room == room:
            session.out.value("subject", each.subject, none="it has no topic")
            return
    raise Failure(f"{room} is not among the rooms that are known")
