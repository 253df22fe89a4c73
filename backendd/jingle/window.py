"""How many blocks may be under way at once, by how soon they are answered."""

import asyncio
from typing import Final

MOST: Final = 16
_SOON_S, _LATE_S = 0.25, 1.0


class Window:
    """Room for blocks: more while answers come soon, so that messages need not queue for long."""

    def __init__(self) -> None:
        self.size = 2
        self._used = 0
        self._changed = asyncio.Condition()

    async def enter(self) -> None:
        """Return when there is room for one more, which is taken then."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._used < self.size)
            self._used += 1

    async def leave(self, seconds: float) -> None:
        """Give back the room of a block that was answered after so many seconds."""
        if seconds < _SOON_S:
            self.size = min(MOST, self.size + 1)
        elif seconds > _LATE_S:
            self.size = max(1, self.size // 2)
        async with self._changed:
            self._used -= 1
            self._changed.notify_all()

    async def drain(self) -> None:
        """Return when no block is under way."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._used)
