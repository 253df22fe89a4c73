"""`jp room join`, `leave`, `nick` and `voice`."""

from jp.command import command
from jp.kinds.addresses import RoomAddress
from jp.kinds.in_rooms import Nick
from jp.session import Session


@command
async def join(
    session: Session,
    room: RoomAddress,
    *,
    nick: Nick | None = None,
    password: bool = False,
    public: bool = False,
    bookmark: bool = False,
) -> None:
    """Enter a room, from now on with each connection anew; one that is not there is made.

    nick: by which name you are known there; else the last one, or what stands before your @
    password: ask for the password of the room, or read it from standard input
    public: if it is made now, anybody may find and enter it; else only its members
    bookmark: keep it for all your programs, which enter it as well

    $ jp room join garden@conference.example.org --nick ally --bookmark
    $ jp room join garden
    """
    secret = session.secrets.secret("Password of the room") if password else ""
    goes_on = f"the backend goes on entering {room}; `jp room leave` ends that"
    await session.begin(goes_on, lasts=False)
    await session.rooms.join(room, nick or "", password=secret, public=public, bookmark=bookmark)


@command
async def leave(session: Session, room: RoomAddress) -> None:
    """Leave a room, and enter it no more; what was said there stays here."""
    await session.rooms.leave(room)


@command
async def nick(session: Session, room: RoomAddress, nick: Nick) -> None:
    """Take another nick in a room.

    nick: how you are called there from now on

    $ jp room nick garden gardener
    """
    await session.rooms.set_nick(room, nick)


@command
async def voice(session: Session, room: RoomAddress) -> None:
    """Ask the moderators of a room to let you speak there."""
    await session.rooms.request_voice(room)
