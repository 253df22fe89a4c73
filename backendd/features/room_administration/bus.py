"""What the Rooms interface has for moderators, admins and owners."""

from collections.abc import Sequence
from typing import Literal

from backendd.api import records
from backendd.api.words import Affiliation, Role
from backendd.features.room_administration.service import RoomAdministration
from backendd.session import addressing
from backendd.session.home import Home


class AdministrationMembers:
    """What callers see of `RoomAdministration`."""

    def __init__(self, home: Home, service: RoomAdministration) -> None:
        self._home = home
        self._rooms = service

    async def set_role(self, room: str, nick: str, role: Role, reason: str) -> None:
        await self._rooms.set_role(await self._room(room), nick, role, reason)

    async def request_voice(self, room: str) -> None:
        await self._rooms.request_voice(await self._room(room))

    async def affiliations(
        self, room: str, affiliation: Affiliation | Literal[""]
    ) -> Sequence[records.Affiliation]:
        return await self._rooms.affiliations(await self._room(room), affiliation or None)

    async def set_affiliation(
        self, room: str, jid: str, affiliation: Affiliation, reason: str
    ) -> None:
        whom = await addressing.contact(self._home, jid)
        await self._rooms.set_affiliation(await self._room(room), whom, affiliation, reason)

    async def configuration(self, room: str) -> records.Form:
        return await self._rooms.configuration(await self._room(room))

    async def configure(self, room: str, values: dict[str, list[str]]) -> None:
        await self._rooms.configure(await self._room(room), values)

    async def destroy(self, room: str, reason: str, *, alternate: str = "") -> None:
        to = await self._room(alternate) if alternate else ""
        await self._rooms.destroy(await self._room(room), reason, to)

    async def _room(self, room: str) -> str:
        return await addressing.contact(self._home, room)
