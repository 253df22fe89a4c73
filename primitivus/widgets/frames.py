"""When to draw: at once after quiet and for a key, seldom in a steady stream, never for nothing."""

import asyncio
from collections.abc import Callable

# At most ten frames a second while changes keep coming.
INTERVAL_S = 0.1


class Frames:
    """Calls `draw` so that many changes become few frames."""

    def __init__(self, draw: Callable[[], None]) -> None:
        self._draw = draw
        self._drawn_at = float("-inf")
        self._due: asyncio.Handle | None = None

    def changed(self) -> None:
        """Draw what changed: at once if the last frame is long ago, else when its time has come.

        At once is after what the loop has at hand: one signal may bring many changes.
        """
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._drawn_at + INTERVAL_S - loop.time()
        if wait > 0:
            self._due = loop.call_later(wait, self.now)
        else:
            self._due = loop.call_soon(self.now)

    def now(self) -> None:
        """Draw now: a key was typed, or the terminal has another size."""
        self.cancel()
        self._drawn_at = asyncio.get_running_loop().time()
        self._draw()

    def cancel(self) -> None:
        """Forget what was due."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
