"""`jp room role`, `affiliation` and `moderate`."""

from backendd.api.words import Affiliation, Role
from jp.command import command
from jp.kinds.addresses import Peer, RoomAddress
from jp.kinds.in_rooms import Nick
from jp.kinds.numbers import MessageId
from jp.session import Session


@command
async def role(
    session: Session, room: RoomAddress, nick: Nick, role: Role, *, reason: str = ""
) -> None:
    """Let somebody in a room do more or less there while they stay; none has them leave.

    reason: what they are told
    """
    await session.rooms.set_role(room, nick, role, reason)


@command
async def affiliation(
    session: Session,
    room: RoomAddress,
    peer: Peer,
    affiliation: Affiliation,
    *,
    reason: str = "",
) -> None:
    """Make somebody an owner, admin or member of a room, ban them (outcast), or take that back.

    reason: what they are told

    $ jp room affiliation garden bob@example.org member
    """
    await session.rooms.set_affiliation(room, peer, affiliation, reason)


@command
async def moderate(
    session: Session, room: RoomAddress, message: MessageId, *, reason: str = ""
) -> None:
    """Have a room take back what somebody said there, as a moderator.

    reason: why, for all to read
    """
    await session.rooms.moderate(room, message, reason)
