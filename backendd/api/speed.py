"""How fast a transfer goes, and how often that is told."""

import asyncio
from collections import deque
from collections.abc import Callable

from backendd.api.pace import Pace
from backendd.api.tuples import NamedTuple

WINDOW_S = 8.0
INTERVAL_S = 0.1
_APART_S = 0.25  # two samples, at least: a fast transfer has thousands of pieces in a second


class _Sample(NamedTuple):
    at: float
    done: int


class Speed:
    """Bytes a second over the last few, of whoever says at what time how many are done.

    After a pause somebody makes a new one.
    """

    def __init__(self, window: float = WINDOW_S) -> None:
        self._window = window
        self._samples: deque[_Sample] = deque()
        self._last = _Sample(0.0, 0)

    def note(self, now: float, done: int) -> None:
        """Take note of how many are done in all; of fewer than before: that it began anew."""
        if self._samples and done < self._last.done:
            self._samples.clear()
        self._last = _Sample(now, done)
        if not self._samples or now - self._samples[-1].at >= _APART_S:
            self._samples.append(self._last)
        self._forget(now)

    def rate(self, now: float) -> float:
        """Return how many there are in a second; 0 where it stands, or nobody can tell yet."""
        self._forget(now)
        if not self._samples or self._last.at <= now - self._window:
            return 0.0
        first = self._samples[0]
        passed = now - first.at
        return (self._last.done - first.done) / passed if passed > 0 else 0.0

    def left(self, now: float, size: int) -> float | None:
        """Return the seconds until all of `size` is done; None while nobody can tell."""
        rate = self.rate(now)
        return max(0, size - self._last.done) / rate if rate > 0 else None

    def _forget(self, now: float) -> None:
        """Forget the samples before the window, but for the one that it begins with."""
        while len(self._samples) > 1 and self._samples[1].at <= now - self._window:
            self._samples.popleft()


class Telling:
    """Tells how far something is: at once after quiet, then ten times a second at most.

    What is noted last is always told: when its time has come, or by `flush`.
    """

    def __init__(self, tell: Callable[[int], None], *, interval: float = INTERVAL_S) -> None:
        self._tell = tell
        self._pace = Pace(interval, 1)
        self._waiting: int | None = None
        self._timer: asyncio.TimerHandle | None = None

    def note(self, done: int) -> None:
        """Have it told soon."""
        self._waiting = done
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        delay = self._pace.wait(loop.time())
        if delay > 0:
            self._timer = loop.call_later(delay, self.flush)
        else:
            self.flush()

    def flush(self) -> None:
        """Tell what waits, now."""
        done = self._waiting
        self.close()
        if done is not None:
            self._pace.took(asyncio.get_running_loop().time())
            self._tell(done)

    def close(self) -> None:
        """Forget what waits."""
        self._waiting = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
