"""Reads a file in order, a little further than whoever takes it has come."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager

from backendd.files.precedence import PRECEDENCE
from backendd.files.reading import PIECE, Read
from backendd.files.threads import Handle, forget

MOST = 2
"""Pieces that wait to be taken."""

_IN_A_ROW = 16  # by one piece of work, so that others get their turn


class Ahead:
    """A part of an open file, piece by piece; who has enough of it closes it.

    A thread reads on by itself while there is room: to be told of each piece would take it as long
    as reading. `explained` has what goes wrong said as it should be.
    """

    def __init__(
        self,
        handle: Handle,
        read: Read,
        part: range,
        explained: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._handle = handle
        self._read = read
        self._position, self._end = part.start, part.stop
        self._explained = explained
        self._ready: deque[bytes] = deque()
        self._reading: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._arrived = asyncio.Event()
        self._is_awaited = self._is_closed = False

    async def next(self) -> bytes:
        """Return the next bytes, none at the end; FileError."""
        with self._explained():
            while True:
                reading = self._go_on()
                if self._ready:
                    return self._ready.popleft()
                if reading.done():
                    reading.result()  # raises what went wrong, else it was all
                    return b""
                await self._wait()

    def close(self) -> None:
        """Read no further."""
        self._is_closed = True
        self._ready.clear()

    def _go_on(self) -> asyncio.Future[None]:
        """Return the reading that goes on; begin it where it stands, and there is room again."""
        if self._reading is None or (
            self._reading.done()
            and self._reading.exception() is None
            and self._position < self._end
            and len(self._ready) <= MOST // 2
        ):
            self._reading = self._handle.start(self._fill)
            self._reading.add_done_callback(lambda _: self._arrived.set())
            forget(self._reading)  # it may fail when nobody waits for it any more
        return self._reading

    async def _wait(self) -> None:
        self._arrived.clear()
        self._is_awaited = True  # said first: what comes from now on is told
        if not self._ready:
            await self._arrived.wait()
        self._is_awaited = False

    # -- in a thread

    def _fill(self, number: int) -> None:
        for _ in range(_IN_A_ROW):
            if self._is_closed or len(self._ready) >= MOST or self._position >= self._end:
                return
            PRECEDENCE.give_way()
            size = min(PIECE, self._end - self._position)
            piece = self._read(self._position, size, number)
            self._position += len(piece)
            self._ready.append(piece)
            if self._is_awaited:
                self._loop.call_soon_threadsafe(self._arrived.set)
