"""org.primitivus.Backend1.Rooms."""

from collections.abc import Sequence
from typing import Protocol

from backendd.api import records


class Rooms(Protocol):
    """Rooms that are entered, and who is there."""

    async def join(
        self, room: str, nick: str, *, password: str = "", public: bool = False
    ) -> None: ...

    async def leave(self, room: str) -> None: ...

    async def list(self) -> Sequence[records.Room]: ...

    async def occupants(
        self, room: str, *, prefix: str = "", limit: int = 0, after: str = ""
    ) -> Sequence[records.Occupant]: ...

    async def set_nick(self, room: str, nick: str) -> None: ...
