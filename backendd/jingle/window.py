"""How many blocks may be under way at once, by how soon they are answered."""

import asyncio
import math
from typing import Final

MOST: Final = 16
_SOON, _LATE = 4, 8  # times of the soonest answer


class Window:
    """Room for blocks: the more the sooner answers come, so that messages need not queue for long.

    How soon that is shows in the soonest: what takes many times of it has queued on the way.
    """

    def __init__(self) -> None:
        self.size = 2
        self._used = 0
        self._soonest = math.inf
        self._changed = asyncio.Condition()

    async def enter(self) -> None:
        """Return when there is room for one more, which is taken then."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._used < self.size)
            self._used += 1

    async def leave(self, seconds: float) -> None:
        """Give back the room of a block that was answered after so many seconds."""
        self._soonest = min(self._soonest, seconds)
        if seconds <= _SOON * self._soonest:
            self.size = min(MOST, self.size + 1)
        elif seconds > _LATE * self._soonest:
            self.size = max(2, self.size - 1)
        async with self._changed:
            self._used -= 1
            self._changed.notify_all()

    async def drain(self) -> None:
        """Return when no block is under way."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._used)
