"""Files that are received into a file of a disk, whoever has opened it."""

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files import reasons, room
from backendd.files.hashing import Hasher, Taker
from backendd.files.reading import feed
from backendd.files.targets import Bounds, Target
from backendd.files.threads import Handle
from backendd.files.writer import Writer


class DiskTarget(Target):
    """What comes is written to an open file, from where it `began`."""

    def __init__(
        self, file: Descriptor, began: int, bounds: Bounds, algorithms: Iterable[str]
    ) -> None:
        super().__init__(bounds)
        self._given = bounds  # what is known beside comes with a version of the file
        self._algorithms = tuple(algorithms)
        self._began = began
        self._is_readable = fcntl.fcntl(file.fileno(), fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR
        self._handle = Handle(file)
        self._begin()

    async def restart(self) -> None:
        with reasons.explained(self.path):
            await self._take_back()
        self._begin()

    async def catch_up(self) -> None:
        if not self._unread:
            return
        hasher = Hasher(self._algorithms)  # another one each time: it may be stopped amid
        with reasons.explained(self.path):
            await self._feed(hasher, self._unread)
        self._follow(hasher)

    async def recall(self, taker: Taker) -> bool:
        if not self._is_readable:
            return await super().recall(taker)
        with reasons.explained(self.path):
            await self._writer.flush()
            await self._feed(taker, self._position)
        return True

    async def close(self) -> None:
        await self._writer.close()

    def _begin(self) -> None:
        self._bounds = self._given
        self._position = 0
        self._follow(Hasher(self._algorithms))

    def _follow(self, hasher: Hasher) -> None:
        """Have what comes next taken by a hasher that knows all that is there."""
        self._unread = 0
        self._hasher = hasher
        self._writer = Writer(self._handle, hasher, self._check)

    async def _feed(self, taker: Taker, size: int) -> None:
        await feed(taker, self._handle, size, start=self._began, checked=self.checked)

    @staticmethod
    def _check(number: int) -> None:
        """Raise FileError, in a thread, where the file can no longer become what it should."""

    async def _take_back(self) -> None:
        """Have the file end where it did before all this."""
        await self._go_back()
        await self._handle.do(partial(_end, self._began))

    async def _go_back(self) -> None:
        """Have what comes next come where all this has begun."""
        with suppress(OSError, FileError):
            await self._writer.flush()
        self._writer.forget()
        await self._handle.do(partial(_stand, self._began))

    async def _make_room(self, wanted: int) -> None:
        await self._handle.do(partial(room.check, wanted))

    async def _write(self, data: bytes) -> None:
        await self.catch_up()
        await self._writer.write(data)

    async def _complete(self, algorithm: str) -> dict[str, bytes]:
        await self.catch_up()
        await self._writer.sync()
        digests = self._hasher.digests()
        if algorithm not in digests and self._is_readable:
            other = Hasher((algorithm,))
            await self.recall(other)
            digests |= other.digests()
        return digests


def _stand(offset: int, number: int) -> None:
    os.lseek(number, offset, os.SEEK_SET)


def _end(length: int, number: int) -> None:
    os.ftruncate(number, length)
