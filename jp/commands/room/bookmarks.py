"""`jp room bookmark` and `jp room unbookmark`."""

from backendd.api.contract.rooms import BookmarkChanges
from jp.command import command
from jp.kinds.addresses import RoomAddress
from jp.session import Session


@command
async def bookmark(
    session: Session,
    room: RoomAddress,
    *,
    autojoin: bool | None = None,
    name: str | None = None,
    nick: str | None = None,
    pinned: bool | None = None,
    password: bool = False,
) -> None:
    """Keep a room on the server for all your programs, or change how it is kept.

    What is not given stays as it is.

    autojoin: whether all your programs enter it whenever they connect
    name: what to call it
    nick: your nick there
    pinned: whether it stays at the top of the conversations
    password: ask for what it takes to get in, or read it from standard input; the server sees it

    $ jp room bookmark garden --name "The garden" --autojoin yes
    """
    changes: BookmarkChanges = {}
    if autojoin is not None:
        changes["autojoin"] = autojoin
    if name is not None:
        changes["name"] = name
    if nick is not None:
        changes["nick"] = nick
    if pinned is not None:
        changes["pinned"] = pinned
    if password:
        changes["password"] = session.secrets.secret("Password of the room")
    await session.rooms.bookmark(room, **changes)


@command
async def unbookmark(session: Session, room: RoomAddress) -> None:
    """Keep a room no longer."""
    await session.rooms.unbookmark(room)
