"""Bursts: many changes told in few signals, without holding up the first."""

import asyncio
from collections.abc import Callable, Hashable
from itertools import islice
from typing import Generic, TypeVar

from backendd.api.pace import Pace

T = TypeVar("T")

# Less than the interface allows: a frontend should not be busy with one signal for long.
LONGEST = 50
INTERVAL = 0.05
# A few that come one after another are each told at once.
AT_ONCE = 6


class Burst(Generic[T]):
    """Collects items and hands them on in lists of at most LONGEST, in order.

    After quiet the first few lists each go out in the next step of the loop; a steady stream
    goes out every `interval` seconds. An item takes the place of an earlier one with the same
    `key` that waits still. While `is_clear` says no, all waits: so a bus that takes nothing holds
    up only this.
    """

    def __init__(
        self,
        send: Callable[[list[T]], None],
        *,
        interval: float = INTERVAL,
        key: Callable[[T], Hashable] | None = None,
        is_clear: Callable[[], bool] = lambda: True,
    ) -> None:
        self._send = send
        self._interval = interval
        self._pace = Pace(interval, AT_ONCE)
        self._key = key
        self._is_clear = is_clear
        self._waiting: dict[Hashable, T] = {}
        self._timer: asyncio.Handle | None = None

    def add(self, *items: T) -> None:
        """Send `items` soon."""
        for item in items:
            self._waiting[object() if self._key is None else self._key(item)] = item
        if self._timer is None and self._waiting:
            self._schedule(self._pace.wait(_now()))

    def discard(self, key: Hashable) -> None:
        """Forget what waits under `key`."""
        self._waiting.pop(key, None)

    def flush(self) -> None:
        """Send all that waits, now."""
        while self._waiting:
            self._send_batch()

    def close(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self, delay: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(delay, self._due) if delay > 0 else loop.call_soon(self._due)

    def _due(self) -> None:
        self._timer = None
        if not self._is_clear():
            self._schedule(self._interval)
        elif self._waiting:
            try:
                self._send_batch()
            finally:
                # A long list leaves the loop to others after each batch.
                if self._waiting:
                    self._schedule(0)

    def _send_batch(self) -> None:
        keys = list(islice(self._waiting, LONGEST))
        self._pace.took(_now())
        self._send([self._waiting.pop(key) for key in keys])


def _now() -> float:
    return asyncio.get_running_loop().time()
