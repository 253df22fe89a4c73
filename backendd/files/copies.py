"""Copies of files that callers gave open, so that these can be sent after a restart as well.

One is called by the number of its transfer, and told from another that had the number by when it
was changed: a database may be put back to what it was.
"""

import logging
import os
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from backendd.api.descriptors import Descriptor
from backendd.api.errors import DiskFull
from backendd.files import room
from backendd.files.reading import PIECE, read
from backendd.files.sources import Stamp
from backendd.files.threads import run

log = logging.getLogger(__name__)

MOST = 50_000_000
"""Bytes of a file that is kept: larger ones are on a disk anyway."""

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_UNFINISHED = ".new"


class Copies:
    """Those in a directory, which is made with the first."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def keep(self, id: int, file: Descriptor, stamp: Stamp) -> None:
        """Keep a file, unless it is too large, there is no room for it, or it has changed."""
        if stamp.size > MOST:
            return
        try:
            with Descriptor.copy(file.fileno()) as given:
                await run(partial(self._keep, id, given, stamp))
        except (OSError, DiskFull) as error:
            log.warning("a file that was given open is not kept over a restart: %s", error)

    async def opened(self, id: int, stamp: Stamp) -> Descriptor | None:
        """Return the file of a transfer; None where nothing is kept of it."""
        with suppress(OSError):
            return await run(partial(self._opened, id, stamp))
        return None

    def has(self, id: int) -> bool:
        """Return whether the file of a transfer is kept."""
        return self._path(id).exists()

    async def tidy(self, alive: Callable[[], Awaitable[Collection[int]]]) -> None:
        """Remove those whose transfers are not `alive`."""
        names = await run(self._names)
        if not names:
            return
        # A transfer is stored before its copy is made: what was seen by now is of one that is.
        kept = set(map(str, await alive()))
        await run(partial(self._remove, [each for each in names if _of(each) not in kept]))

    def _path(self, id: int) -> Path:
        return self._directory / str(id)

    # -- in a thread

    def _keep(self, id: int, file: Descriptor, stamp: Stamp) -> None:
        self._directory.mkdir(mode=0o700, exist_ok=True)
        path = self._path(id)
        unfinished = path.with_suffix(_UNFINISHED)
        try:
            with Descriptor(os.open(unfinished, _WRITE, 0o600)) as copy:
                room.check(stamp.size, copy.fileno())
                size = _copy(file.fileno(), copy.fileno(), stamp.size)
                os.utime(copy.fileno(), ns=(stamp.mtime_ns, stamp.mtime_ns))
                os.fsync(copy.fileno())
            if size == stamp.size and Stamp.seen(os.fstat(file.fileno())) == stamp:
                unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _opened(self, id: int, stamp: Stamp) -> Descriptor | None:
        file = Descriptor(os.open(self._path(id), _READ))
        return file if Stamp.seen(os.fstat(file.fileno())) == stamp else None

    def _names(self) -> list[str]:
        with suppress(FileNotFoundError):
            return os.listdir(self._directory)
        return []

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            with suppress(OSError):
                (self._directory / name).unlink()


def _of(name: str) -> str:
    return name.removesuffix(_UNFINISHED)


def _copy(source: int, target: int, size: int) -> int:
    """Copy so many bytes; return how many there were."""
    offset = 0
    while piece := read(offset, min(PIECE, size - offset), source):
        left = memoryview(piece)
        while left:
            left = left[os.write(target, left) :]
        offset += len(piece)
    return offset
