"""What there is in rooms: nicks, and invitations into them."""

from collections.abc import Iterable

from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Nick(Kind, str):
    """The nick of somebody in a room."""

    metavar = "NICK"
    doc = "the nick of somebody there"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no nick")
        return cls(text)


class InvitationId(Kind, str):
    """The id of an invitation."""

    metavar = "ID"
    doc = "an invitation, by its id, as `jp room invitations` prints it"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no id")
        return cls(text)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [(each.id, each.room) for each in await asked.backend.rooms.invitations()]
