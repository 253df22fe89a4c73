"""A source in memory, and what is looked for after a transfer."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from backendd.api.errors import FileError

PIECE = 1 << 20


class Reading:
    """A source in memory as it is read in order."""

    def __init__(self, source, start=0, end=None):
        self._source = source
        self._position = start
        self._end = source.size if end is None else end

    async def next(self) -> bytes:
        piece = self._source.read(self._position, min(PIECE, self._end - self._position))
        self._position += len(piece)
        return piece

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class InMemory:
    """Bytes as a source; `fails_at` is where reading ends in an error."""

    data: bytes
    fails_at: int | None = None

    @property
    def size(self) -> int:
        return len(self.data)

    def begin(self) -> Reading:
        return Reading(self)

    def read(self, offset: int, size: int) -> bytes:
        if self.fails_at is not None and offset + size > self.fails_at:
            raise FileError("the file has changed")
        return self.data[offset : offset + size]


@dataclass
class Endless:
    """As many zeros as are wanted."""

    size: int

    def begin(self) -> Reading:
        return Reading(self)

    def read(self, offset: int, size: int) -> bytes:
        return bytes(size)


def sockets() -> list[str]:
    """Return the sockets that this process has open."""
    found = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.append(os.readlink(each))
        except OSError:
            continue  # that of the directory itself
    return sorted(name for name in found if name.startswith("socket:"))


def others() -> set[asyncio.Task[object]]:
    """Return the tasks that run besides this one."""
    return asyncio.all_tasks() - {asyncio.current_task()}
