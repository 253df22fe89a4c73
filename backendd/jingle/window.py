"""How many blocks may be under way at once, by how soon they are answered."""

import asyncio
import math
from typing import Final

LEAST: Final = 2
MOST: Final = 16
_FEW, _MANY = 2, 4
_LATE_S = 0.5


class Window:
    """Room for blocks: as many as the way holds, and a few that wait on it, so that it never rests.

    What else goes this way, messages before all, waits behind those few, and half a second at
    most. How many they are shows in how much later than the soonest an answer comes, as it does to
    TCP Vegas.
    """

    def __init__(self) -> None:
        self._size = float(LEAST)
        self._used = 0
        self._soonest = math.inf
        self._changed = asyncio.Condition()

    @property
    def size(self) -> int:
        """How many blocks there is room for, those that are under way among them."""
        return int(self._size)

    async def enter(self) -> None:
        """Return when there is room for one more, which is taken then."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._used < self.size)
            self._used += 1

    async def leave(self, seconds: float) -> None:
        """Give back the room of a block that was answered after so many seconds."""
        self._soonest = min(self._soonest, seconds)
        late = seconds - self._soonest
        waiting = self._used * late / seconds
        if waiting > _MANY or late > _LATE_S:
            self._size = max(LEAST, self._size - 1 / self._size)
        elif waiting < _FEW:
            self._size = min(MOST, self._size + 1 / self._size)
        async with self._changed:
            self._used -= 1
            self._changed.notify_all()

    async def drain(self) -> None:
        """Return when no block is under way."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._used)
