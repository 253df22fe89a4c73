"""`jp room invite`, `invitations`, `accept` and `decline`."""

from backendd.api.words import InvitationMethod
from jp.command import command, prints
from jp.kinds.addresses import Peer, RoomAddress
from jp.kinds.in_rooms import Nick
from jp.kinds.requests import InvitationId
from jp.session import Session


@command
async def invite(
    session: Session,
    room: RoomAddress,
    peer: Peer,
    *,
    reason: str = "",
    method: InvitationMethod | None = None,
) -> None:
    """Invite somebody into a room.

    reason: what they read with it
    method: by the room (mediated) or past it (direct); else by what the room is like

    $ jp room invite garden bob@example.org --reason "the beans are ripe"
    """
    await session.rooms.invite(room, peer, reason, method=method or "")


@command
@prints("Invitation.*")
async def invitations(session: Session) -> None:
    """Print the invitations that wait for an answer, with the ids that `accept` takes."""
    found = await session.rooms.invitations()
    session.out.records(found, ("id", "room", "from", "time", "reason"), none="no invitations")


@command
async def accept(session: Session, id: InvitationId, *, nick: Nick | None = None) -> None:
    """Accept an invitation, and enter the room.

    nick: by which name you are known there
    """
    await session.rooms.accept_invitation(id, nick or "")


@command
async def decline(session: Session, id: InvitationId, *, reason: str = "") -> None:
    """Decline an invitation.

    reason: what who invited you reads
    """
    await session.rooms.decline_invitation(id, reason)
