"""Files that are received into what somebody has opened: a file, a pipe or a socket."""

import fcntl
import os
import stat
from collections.abc import Iterable
from functools import partial

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files import reasons
from backendd.files.disk_targets import DiskTarget
from backendd.files.hashing import DEFAULT, Hasher
from backendd.files.streams import StreamWriter
from backendd.files.targets import UNBOUNDED, Bounds, Target
from backendd.files.threads import run

_STREAMS = frozenset({stat.S_IFIFO, stat.S_IFSOCK})


async def open_handed(
    file: Descriptor, bounds: Bounds = UNBOUNDED, *, algorithms: Iterable[str] = (DEFAULT,)
) -> Target:
    """Return where a file goes that is received into an open one, from where that stands.

    Where it can't be read no other hashes can be held against it than those of the `algorithms`;
    what is closed is not found again. Raises FileError for what takes no content, or isn't open for
    writing.
    """
    with reasons.explained(""):
        copy = Descriptor.copy(file.fileno())
        kind = await run(partial(_check, copy))
        target: Target
        if kind in _STREAMS:
            target = HandedStream(copy, bounds, algorithms)
        else:
            target = HandedFile(copy, bounds, algorithms)
    try:
        await target.expect(bounds.size)
    except BaseException:
        await target.close()
        raise
    return target


class HandedFile(DiskTarget):
    """A file of the caller's. What came into it is taken back where nothing was behind it.

    Otherwise it is left there, and written over by what comes next.
    """

    def __init__(self, file: Descriptor, bounds: Bounds, algorithms: Iterable[str]) -> None:
        began, is_end = _where(file.fileno())
        super().__init__(file, began, bounds, algorithms)
        self._is_end = is_end
        self._is_finished = False

    async def abandon(self) -> None:
        if self._is_finished:
            return
        with reasons.explained(self.path):
            await (self._take_back() if self._is_end else self._go_back())
        self._begin()

    async def _take_back(self) -> None:
        if not self._is_end:
            raise FileError("what came into the file that was handed over can't be taken back")
        await super()._take_back()

    async def _place(self) -> str:
        self._is_finished = True
        self._writer.drop()
        return ""


class HandedStream(Target):
    """A pipe or a socket: whoever reads it has what came, whatever becomes of it then."""

    def __init__(self, file: Descriptor, bounds: Bounds, algorithms: Iterable[str]) -> None:
        super().__init__(bounds)
        self._hasher = Hasher(algorithms)
        self._writer = StreamWriter(file, self._hasher)

    async def catch_up(self) -> None:
        pass  # what went into it is gone

    async def restart(self) -> None:
        if self._position:
            raise FileError("what went into a pipe or a socket can't be taken back")

    async def abandon(self) -> None:
        await self.close()

    async def close(self) -> None:
        self._writer.close()

    async def _make_room(self, wanted: int) -> None:
        pass  # whoever reads it has to

    async def _write(self, data: bytes) -> None:
        await self._writer.write(data)

    async def _complete(self, algorithm: str) -> dict[str, bytes]:
        await self._writer.flush()
        return self._hasher.digests()

    async def _place(self) -> str:
        self._writer.close()
        return ""


def _check(file: Descriptor) -> int:
    """Return of what kind the open file is; FileError where nothing can be written to it."""
    flags = fcntl.fcntl(file.fileno(), fcntl.F_GETFL)
    if flags & os.O_PATH or flags & os.O_ACCMODE == os.O_RDONLY:
        raise FileError("the file that was handed over is not open for writing")
    kind = stat.S_IFMT(os.fstat(file.fileno()).st_mode)
    if kind not in _STREAMS | {stat.S_IFREG}:
        raise FileError("what was handed over is no file, pipe or socket")
    return kind


def _where(number: int) -> tuple[int, bool]:
    """Return where an open file is written to next, and whether that is its end."""
    size = os.fstat(number).st_size
    if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_APPEND:
        return size, True
    position = os.lseek(number, 0, os.SEEK_CUR)
    return position, position >= size
