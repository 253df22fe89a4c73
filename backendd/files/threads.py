"""Work with files in threads of its own: a disk that hangs holds up nothing else."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError

T = TypeVar("T")

MOST_AT_ONCE = 4
"""What is done at the same time; the rest waits for its turn."""

CLOSED = "the file is closed"
"""What who comes too late is told."""

_POOL = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="files")


async def run(work: Callable[[], T]) -> T:
    """Return what `work` returns. It is done also where whoever waits is cancelled."""
    return await asyncio.shield(asyncio.wrap_future(_POOL.submit(work)))


def forget(future: asyncio.Future[T]) -> None:
    """Have nobody hear that what was started has failed."""
    future.add_done_callback(lambda done: done.cancelled() or done.exception())


class Handle:
    """An open file that threads work with; none of them ever sees another under its number."""

    def __init__(self, file: Descriptor) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._begun: set[Future[Any]] = set()
        self._is_closed = False

    def start(self, work: Callable[[int], T]) -> asyncio.Future[T]:
        """Return what `work` will return, which gets the number of the file."""
        with self._lock:
            if self._is_closed:
                raise FileError(CLOSED)
            future = _POOL.submit(work, self._file.fileno())
            self._begun.add(future)
        future.add_done_callback(self._ended)
        return asyncio.wrap_future(future)

    async def do(self, work: Callable[[int], T]) -> T:
        """Return what `work` returns."""
        return await self.start(work)

    def close(self) -> None:
        """Take no more work, and close the file when what has begun is done."""
        with self._lock:
            self._is_closed = True
            self._close_if_unused()

    async def end(self) -> None:
        """Close the file, and return when it is closed."""
        self.close()
        with self._lock:
            begun = [asyncio.wrap_future(future) for future in self._begun]
        if begun:
            await asyncio.wait(begun)
        for each in begun:
            forget(each)

    def _ended(self, future: Future[Any]) -> None:
        with self._lock:
            self._begun.discard(future)
            self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_closed and not self._begun:
            self._file.close()
