"""Invitations to rooms, as the backend tells them."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.contract import Rooms
from backendd.api.names import ROOMS
from backendd.api.records import Invitation
from primitivus.client.unanswered import UnansweredPart
from primitivus.model.questions.invitations import Invitations, RoomInvitation


class InvitationsPart(UnansweredPart[Rooms, Invitation, Invitations]):
    """Follows those of an account."""

    contract: ClassVar[type[Rooms]] = Rooms
    signal: ClassVar[tuple[str, str]] = (ROOMS, "InvitationsChanged")
    record: ClassVar[type[Invitation]] = Invitation
    question: ClassVar[type[RoomInvitation]] = RoomInvitation

    async def listed(self) -> Sequence[Invitation]:
        return await self.calls.invitations()
