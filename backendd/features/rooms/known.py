"""The rooms that are known: those that are stored, each with our attendance."""

import asyncio
from collections.abc import Iterator

from backendd.api.errors import UnknownRoom
from backendd.core import jid
from backendd.core.rooms import RoomPasswordSet
from backendd.features.rooms.attendance import Attendance
from backendd.session.home import Home
from backendd.store import room_passwords, rooms


class KnownRooms:
    """Those of one profile, by address, once they are loaded."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: dict[str, Attendance] = {}
        self._loading = asyncio.Lock()
        self._is_loaded = False
        home.events.subscribe(RoomPasswordSet, self._on_password)

    def __iter__(self) -> Iterator[Attendance]:
        return iter(tuple(self._known.values()))

    def wants(self, room: str) -> bool:
        """Return whether we are in a room, or want to be."""
        attendance = self._known.get(room)
        return attendance is not None and attendance.wish.is_wanted

    async def load(self) -> None:
        """Return when the stored ones are known."""
        async with self._loading:
            if self._is_loaded:
                return
            for wish in await self._home.store.read(rooms.wishes):
                self._known[wish.room] = Attendance(self._home, wish)
            self._is_loaded = True

    def get(self, room: str) -> Attendance | None:
        """Return our attendance in a room, if it is known."""
        return self._known.get(room)

    async def require(self, room: str) -> Attendance:
        """Return our attendance in a room; UnknownRoom."""
        await self.load()
        attendance = self._known.get(room)
        if attendance is None:
            raise UnknownRoom(f"{jid.shown(room)} isn't one of your rooms; join it first")
        return attendance

    def _on_password(self, event: RoomPasswordSet) -> None:
        if event.room in self._known:
            self._home.write_soon(
                lambda ledger: room_passwords.keep(ledger, event.room, event.password),
                name="keep the password of a room",
            )

    def add(self, attendance: Attendance) -> None:
        """Know a room from now on."""
        self._known[attendance.room] = attendance

    def forget(self, attendance: Attendance) -> None:
        """Know a room no more."""
        self._known.pop(attendance.room, None)

    def is_in(self, room: str) -> bool:
        """Return whether we are in a room now."""
        attendance = self._known.get(room)
        return attendance is not None and attendance.state == "in"
