"""How long to wait before the next attempt: longer each time, never in step with others."""

import asyncio
import contextlib
import random
from collections.abc import Callable

from backendd.xmpp.slumber import SLUMBER, Slumber

FIRST_S = 0.8
FACTOR = 2.0


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


async def pause(seconds: float, cut: asyncio.Event, *, slumber: Slumber = SLUMBER) -> None:
    """Return after `seconds`, or once `cut` is set, as it is when the machine has been asleep."""
    with slumber.calling(cut.set), contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await cut.wait()
