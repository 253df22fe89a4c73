"""What keys wait for: they are for what is there once it is done."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Keys wait at most so long for one thing.
MOST_S = 2.0


class Waiting:
    """What is under way that decides what the next key is for."""

    def __init__(self) -> None:
        self._under_way: list[asyncio.Event] = []

    @property
    def is_needed(self) -> bool:
        return bool(self._under_way)

    def begin(self, most_s: float = MOST_S) -> Callable[..., None]:
        """Have keys wait, but no longer than that; what is returned ends it."""
        done = asyncio.Event()

        def end(*_: object) -> None:
            timer.cancel()
            done.set()
            if done in self._under_way:
                self._under_way.remove(done)

        timer = asyncio.get_running_loop().call_later(most_s, end)
        self._under_way.append(done)
        return end

    @contextmanager
    def keys(self, most_s: float = MOST_S) -> Iterator[None]:
        """Have keys wait for what is done in here."""
        end = self.begin(most_s)
        try:
            yield
        finally:
            end()

    async def done(self) -> None:
        """Return when nothing is to be waited for."""
        while self._under_way:
            await self._under_way[0].wait()
