"""How long to wait before the next attempt: longer each time, never in step with others."""

import asyncio
import random
from collections.abc import Callable

from backendd.core import clock

FIRST_S = 0.8
FACTOR = 2.0
# A laptop that was asleep must not wait for the rest of five minutes; loop timers stand still
# meanwhile, so nothing but looking tells.
LOOK_S = 5.0
JUMP_S = 2.0


class Backoff:
    """The delays of one run of failures."""

    def __init__(
        self,
        longest_s: float,
        chance: Callable[[], float] = random.random,
        *,
        first_s: float = FIRST_S,
    ) -> None:
        self._longest = longest_s
        self._first = first_s
        self._chance = chance
        self._failures = 0

    def next(self) -> float:
        """Return the seconds to wait now: half of the first at least, none above the longest."""
        ceiling = min(self._longest, self._first * FACTOR ** min(self._failures, 32))
        self._failures += 1
        return ceiling * (0.5 + 0.5 * self._chance())

    def reset(self) -> None:
        """Begin anew: the connection has proved itself."""
        self._failures = 0


async def pause(
    seconds: float,
    cut: asyncio.Event,
    *,
    suspended: Callable[[], float] = clock.suspended,
    look_s: float = LOOK_S,
) -> None:
    """Return after `seconds`, or as soon as `cut` is set or the machine has been asleep."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    slept = suspended()
    while not cut.is_set() and (left := end - loop.time()) > 0:
        try:
            async with asyncio.timeout(min(left, look_s)):
                await cut.wait()
        except TimeoutError:
            if suspended() - slept > JUMP_S:
                return
