"""Work with files in threads of its own: a disk that hangs holds up nothing else."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError

T = TypeVar("T")

MOST_AT_ONCE = 4
"""What is done at the same time; the rest waits for its turn."""

_POOL = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="files")


async def run(work: Callable[[], T]) -> T:
    """Return what `work` returns. Whoever is cancelled meanwhile doesn't end what has begun."""
    return await asyncio.wrap_future(_POOL.submit(work))


def forget(future: asyncio.Future[T]) -> None:
    """Have nobody wait for what was started, nor hear that it failed."""
    if not future.cancel() and not future.cancelled():
        future.exception()


class Handle:
    """An open file that threads work with; none of them ever sees another under its number."""

    def __init__(self, file: Descriptor) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._busy = 0
        self._is_closed = False

    def start(self, work: Callable[[int], T]) -> asyncio.Future[T]:
        """Return what `work` will return, which gets the number of the file."""
        with self._lock:
            if self._is_closed:
                raise FileError("the file is closed")
            self._busy += 1
        future = _POOL.submit(work, self._file.fileno())
        future.add_done_callback(self._ended)
        return asyncio.wrap_future(future)

    async def do(self, work: Callable[[int], T]) -> T:
        """Return what `work` returns. Whoever is cancelled meanwhile doesn't end it."""
        return await self.start(work)

    def close(self) -> None:
        """Take no more work, and close the file when what has begun is done."""
        with self._lock:
            self._is_closed = True
            if not self._busy:
                self._file.close()

    def _ended(self, _: Future[T]) -> None:
        with self._lock:
            self._busy -= 1
            if self._is_closed and not self._busy:
                self._file.close()
