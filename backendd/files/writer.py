"""Writes files behind whoever brings their content."""

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial

from backendd.api.errors import FileError
from backendd.files import room
from backendd.files.hashing import Hasher
from backendd.files.precedence import PRECEDENCE
from backendd.files.threads import Handle, forget

BATCH = 1024 * 1024
"""As much is written at once, while the next gathers."""

SYNCED = 8 * 1024 * 1024
"""After so much the disk has to keep up: who stores messages must not wait for a whole file."""

_MOST_BUFFERS = 1024  # IOV_MAX

Future = asyncio.Future[None]


class Writer:
    """Appends to an open file, in order, and hashes what it writes.

    Two batches are in memory at most: who brings more waits. What fails fails whatever comes next
    as well. `check` is called in a thread before each batch, with the number of the file, and
    raises what is in the way of it: OSError, FileError.
    """

    def __init__(self, handle: Handle, hasher: Hasher, check: Callable[[int], None]) -> None:
        self._handle = handle
        self._check = check
        self._hasher = hasher
        self._gathered: list[bytes] = []
        self._gathered_size = 0
        self._unsynced = 0
        self._writing: Future | None = None
        self._syncing: Future | None = None

    async def write(self, data: bytes) -> None:
        """Take the next bytes, which are written soon; also where who waits here is cancelled."""
        self._gathered.append(data)
        self._gathered_size += len(data)
        if self._gathered_size >= BATCH:
            await self._begin()

    async def flush(self) -> None:
        """Return when all is written that came."""
        await self._begin()
        await _settle(self._writing)

    async def sync(self) -> None:
        """Return when all that came is on the disk."""
        await self.flush()
        await _settle(self._syncing)
        await self._handle.do(os.fsync)

    async def close(self) -> None:
        """Write what came, if that can be, and return when the file is closed."""
        try:
            await self.flush()
        except (OSError, FileError):
            pass  # whoever brought it has been told, or didn't want to know
        finally:
            await self._handle.end()
            self.forget()

    def drop(self) -> None:
        """Close the file, whatever is not yet written."""
        self._handle.close()
        self.forget()

    def forget(self) -> None:
        """Have nobody hear of what fails of what has begun."""
        for future in filter(None, (self._writing, self._syncing)):
            forget(future)

    async def _begin(self) -> None:
        """Have what is gathered written, once what was before it is."""
        await _settle(self._writing)
        await self._keep_up()
        batch, self._gathered, self._gathered_size = self._gathered, [], 0
        if batch:
            self._writing = self._handle.start(partial(self._work, batch))

    async def _keep_up(self) -> None:
        self._unsynced += self._gathered_size
        if self._unsynced < SYNCED:
            return
        await _settle(self._syncing)
        self._unsynced = 0
        self._syncing = self._handle.start(os.fdatasync)

    def _work(self, batch: Sequence[bytes], number: int) -> None:
        PRECEDENCE.give_way()
        self._check(number)
        room.check(sum(map(len, batch)), number)
        for start in range(0, len(batch), _MOST_BUFFERS):
            _append(number, batch[start : start + _MOST_BUFFERS])
        for data in batch:
            self._hasher.update(data)


def _append(number: int, batch: Sequence[bytes]) -> None:
    """Write some buffers where the open file `number` stands."""
    # To join them first would cost as much again as to write them.
    written = os.writev(number, batch)
    if written == sum(map(len, batch)):
        return
    rest = memoryview(b"".join(batch))[written:]
    while rest:
        rest = rest[os.write(number, rest) :]


async def _settle(future: Future | None) -> None:
    """Return when it is done; it goes on where whoever waits is cancelled."""
    if future is not None:
        await asyncio.wait((future,))
        future.result()
