"""What the Rooms interface has of invitations."""

from collections.abc import Sequence
from typing import Literal

from backendd.api import records
from backendd.api.words import InvitationMethod
from backendd.features.invitations.service import Invitations
from backendd.session import addressing
from backendd.session.home import Home


class InvitationsMembers:
    """What callers see of `Invitations`."""

    def __init__(self, home: Home, service: Invitations) -> None:
        self._home = home
        self._invitations = service

    async def invite(
        self, room: str, jid: str, reason: str, *, method: InvitationMethod | Literal[""] = ""
    ) -> None:
        invitee = await addressing.contact(self._home, jid)
        place = await addressing.contact(self._home, room)
        await self._invitations.invite(place, invitee, reason, method or None)

    async def invitations(self) -> Sequence[records.Invitation]:
        return await self._invitations.waiting()

    async def accept_invitation(self, id: str, nick: str) -> None:
        await self._invitations.accept(id, nick)

    async def decline_invitation(self, id: str, reason: str) -> None:
        await self._invitations.decline(id, reason)
