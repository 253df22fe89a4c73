"""org.primitivus.Backend1.Rooms."""

from collections.abc import Sequence
from typing import Literal, Protocol, TypedDict, Unpack

from backendd.api import records
from backendd.api.words import Affiliation, InvitationMethod, Role

Values = dict[str, list[str]]
"""What is filled into a form, by field."""


class BookmarkChanges(TypedDict, total=False):
    """How a room is to be kept; what isn't given stays as it is."""

    autojoin: bool
    name: str
    nick: str
    password: str
    pinned: bool


class Rooms(Protocol):
    """Rooms that are entered, and who is there."""

    async def join(
        self,
        room: str,
        nick: str,
        *,
        password: str = "",
        public: bool = False,
        bookmark: bool = False,
    ) -> None: ...

    async def leave(self, room: str) -> None: ...

    async def service(self) -> str: ...

    async def list(self) -> Sequence[records.Room]: ...

    async def occupants(
        self, room: str, *, prefix: str = "", limit: int = 0, after: str = ""
    ) -> Sequence[records.Occupant]: ...

    async def set_subject(self, room: str, subject: str) -> None: ...

    async def set_nick(self, room: str, nick: str) -> None: ...

    async def set_role(self, room: str, nick: str, role: Role, reason: str) -> None: ...

    async def request_voice(self, room: str) -> None: ...

    async def affiliations(
        self, room: str, affiliation: Affiliation | Literal[""]
    ) -> Sequence[records.Affiliation]: ...

    async def set_affiliation(
        self, room: str, jid: str, affiliation: Affiliation, reason: str
    ) -> None: ...

    async def configuration(self, room: str) -> records.Form: ...

    async def configure(self, room: str, values: Values) -> None: ...

    async def destroy(self, room: str, reason: str, *, alternate: str = "") -> None: ...

    async def moderate(self, room: str, message_id: int, reason: str) -> None: ...

    async def bookmark(self, room: str, **changes: Unpack[BookmarkChanges]) -> None: ...

    async def unbookmark(self, room: str) -> None: ...

    async def invite(
        self, room: str, jid: str, reason: str, *, method: InvitationMethod | Literal[""] = ""
    ) -> None: ...

    async def invitations(self) -> Sequence[records.Invitation]: ...

    async def accept_invitation(self, id: str, nick: str) -> None: ...

    async def decline_invitation(self, id: str, reason: str) -> None: ...

    async def ignore(self, room: str, occupant_id: str, *, nick: str = "") -> None: ...

    async def unignore(self, room: str, occupant_id: str) -> None: ...

    async def ignored(self, room: str) -> Sequence[records.Ignored]: ...
