"""When to draw: a key at once, what is waited for soon, all else together; never for nothing."""

import asyncio
from collections.abc import Callable

from backendd.api.pace import Pace

# At most ten frames a second while changes keep coming, and a few at once after quiet.
INTERVAL_S = 0.1
AT_ONCE = 5
# A change that nobody waits for often comes just before one that somebody does: who typed before
# the message, the list before the messages.
TOGETHER_S = 0.015


class Frames:
    """Calls `draw` so that many changes become few frames.

    The last frame that may be drawn at once is for what is waited for: so a message is never
    late for a change of the list.
    """

    def __init__(self, draw: Callable[[], None]) -> None:
        self._draw = draw
        self._pace = Pace(INTERVAL_S, AT_ONCE)
        self._due: asyncio.TimerHandle | None = None
        self._due_at = 0.0

    def changed(self, *, is_awaited: bool = True) -> None:
        """Draw what changed, at once if it is waited for and few frames were drawn of late.

        At once is after what the loop has at hand: one signal may bring many changes.
        """
        now = asyncio.get_running_loop().time()
        if is_awaited:
            self._draw_at(now + self._pace.wait(now))
        else:
            self._draw_at(now + max(TOGETHER_S, self._pace.wait(now, spare=1)))

    def put_off(self) -> None:
        """Leave what is due to the frame of a key that is typed now, or draw it a little later."""
        if self._due is not None:
            now, due_at = asyncio.get_running_loop().time(), self._due_at
            self.cancel()
            self._draw_at(max(due_at, now + TOGETHER_S))

    def now(self) -> None:
        """Draw now: a key was typed, or the terminal has another size."""
        self.cancel()
        self._pace.took(asyncio.get_running_loop().time(), spare=1)
        self._draw()

    def cancel(self) -> None:
        """Forget what was due."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _draw_at(self, when: float) -> None:
        if self._due is not None and self._due_at <= when:
            return
        self.cancel()
        self._due_at = when
        # Of what is ready the loop takes timers last, so a key that is there already is first.
        self._due = asyncio.get_running_loop().call_at(when, self._drawn)

    def _drawn(self) -> None:
        self._due = None
        self._pace.took(asyncio.get_running_loop().time())
        self._draw()
