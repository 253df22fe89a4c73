"""What waits for an answer of the user, by its id."""

from collections.abc import Iterable

from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class RequestId(Kind, str):
    """The id of what is asked of the user."""

    metavar = "ID"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no id")
        return cls(text)


class InvitationId(RequestId):
    """The id of an invitation into a room."""

    doc = "an invitation, by its id, as `jp room invitations` prints it"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [(each.id, each.room) for each in await asked.backend.rooms.invitations()]


class ReaderRequestId(RequestId):
    """The id of a request to read a blog."""

    doc = "a request, by its id, as `jp blog requests` prints it"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [(each.id, each.jid) for each in await asked.backend.blog.reader_requests()]


class ChallengeId(RequestId):
    """The id of a challenge."""

    doc = "a challenge, by its id, as `jp service challenges` prints it"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        return [(each.id, each.jid) for each in await asked.backend.services.challenges()]
