"""Noticing that the machine has been asleep: one look now and then for all who want to know.

Timers of the loop stand still during suspend, so nothing but looking tells.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from backendd.core import clock

LOOK_S = 5.0
"""A laptop that was asleep must not wait for the rest of five minutes."""

JUMP_S = 2.0


class Slumber:
    """Calls those who are interested once the machine has slept; looks while anybody is.

    `count` is how often it has.
    """

    def __init__(
        self, suspended: Callable[[], float] = clock.suspended, *, look_s: float = LOOK_S
    ) -> None:
        self.count = 0
        self._suspended = suspended
        self._look_s = look_s
        self._slept = 0.0
        self._interested: list[Callable[[], object]] = []
        self._timer: asyncio.TimerHandle | None = None

    @contextlib.contextmanager
    def calling(self, woken: Callable[[], object]) -> Iterator[None]:
        """Have `woken` called after each sleep of the machine."""
        if not self._interested:
            self._slept = self._suspended()
            self._look_later()
        self._interested.append(woken)
        try:
            yield
        finally:
            self._interested.remove(woken)
            if not self._interested and self._timer is not None:
                self._timer.cancel()

    def _look_later(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._look_s, self._look)

    def _look(self) -> None:
        self._look_later()
        slept, self._slept = self._slept, self._suspended()
        if self._slept - slept > JUMP_S:
            self.count += 1
            for woken in tuple(self._interested):
                woken()


SLUMBER = Slumber()
"""That of this process: however many streams there are, there is one machine."""
