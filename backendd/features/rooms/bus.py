"""The Rooms interface."""

from collections.abc import Sequence

from backendd.api import records, text
from backendd.api.errors import InvalidJid, TooLarge
from backendd.features.rooms import addresses
from backendd.features.rooms.service import Rooms
from backendd.features.rooms.stanza import SUBJECT_LIMIT


class RoomsMembers:
    """What callers see of `Rooms`."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    async def join(
        self,
        room: str,
        nick: str,
        *,
        password: str = "",
        public: bool = False,
        bookmark: bool = False,
    ) -> None:
        address = addresses.room(room)
        wanted = addresses.nick(address, nick)
        await self._rooms.join(address, wanted, password=password, is_public=public)
        if bookmark:
            self._rooms.bookmark(address, password)

    async def leave(self, room: str) -> None:
        await self._rooms.leave(addresses.room(room))

    async def service(self) -> str:
        return await self._rooms.servers.own()

    async def list(self) -> Sequence[records.Room]:
        return await self._rooms.list()

    async def occupants(
        self, room: str, *, prefix: str = "", limit: int = 0, after: str = ""
    ) -> Sequence[records.Occupant]:
        return await self._rooms.occupants(addresses.room(room), prefix, limit, after)

    async def set_subject(self, room: str, subject: str) -> None:
        subject = text.clean(subject)
        if len(subject) > SUBJECT_LIMIT:
            raise TooLarge(f"the subject is too long: {len(subject)} of {SUBJECT_LIMIT} characters")
        await self._rooms.set_subject(addresses.room(room), subject)

    async def set_nick(self, room: str, nick: str) -> None:
        if not nick:
            raise InvalidJid("a nick has at least one character")
        address = addresses.room(room)
        await self._rooms.set_nick(address, addresses.nick(address, nick))
