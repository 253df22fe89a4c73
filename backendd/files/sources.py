"""Files that are sent: read piece by piece, and refused as soon as they are not what they were."""

import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Self

from backendd.api import regular
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileChanged, FileError
from backendd.api.tuples import NamedTuple
from backendd.files import kinds, names, reasons
from backendd.files.ahead import Ahead
from backendd.files.hashing import DEFAULT, Hasher
from backendd.files.reading import feed, read
from backendd.files.threads import Handle, run


class Stamp(NamedTuple):
    """By what one sees that a file is still as it was."""

    size: int
    mtime_ns: int

    @classmethod
    def seen(cls, status: os.stat_result) -> Self:
        """Return that of a file as it is."""
        return cls(status.st_size, status.st_mtime_ns)

    @classmethod
    def of(cls, notes: Mapping[str, str | int]) -> Self:
        """Return what `notes` has written."""
        return cls(int(notes.get("size", -1)), int(notes.get("changed", -1)))

    def notes(self) -> dict[str, str | int]:
        """Return what is kept with a transfer, to know the file again after a restart."""
        return {"size": self.size, "changed": self.mtime_ns}


class Source:
    """A file that is sent. Make one with `at` or `of`, and close it.

    What it was when it was opened is what is sent: once its size or the time of its last change
    is another, each reading of it is a FileError.
    """

    def __init__(self, file: Descriptor, name: str, path: str, stamp: Stamp) -> None:
        self.name = name
        self.path = path  # empty for one that was handed over open
        self.stamp = stamp
        self._handle = Handle(file)
        self._hashes: dict[str, bytes] = {}
        self._is_hashed_along = False
        self._along: _Along | None = None

    @classmethod
    async def at(cls, path: str, *, known: Stamp | None = None) -> Self:
        """Return the regular file at an absolute path; FileError for all else.

        It is one as well if the file is no longer the one that is `known`.
        """
        reasons.check_path(path)
        with reasons.explained(path):
            file, stamp = await run(partial(_open, path))
        source = cls(file, names.of_path(path), path, stamp)
        if known is not None and known != stamp:
            source.close()
            raise _changed(path)
        return source

    @classmethod
    async def of(cls, file: Descriptor, name: str) -> Self:
        """Return a file that somebody has opened, from its beginning; it is called `name`."""
        with reasons.explained(name):
            copy = Descriptor.copy(file.fileno())
            stamp = await run(partial(_check, copy, name))
        return cls(copy, names.of_path(name), "", stamp)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.stamp.size

    @property
    def mime(self) -> str:
        """The media type that its name tells; may be empty."""
        return kinds.mime(self.name)

    def begin(self, start: int = 0, end: int | None = None) -> Ahead:
        """Return the content between two offsets, or to its end, to be taken piece by piece."""
        part = range(start, self.size if end is None else end)
        # Each has its own: one that was given up may still be at it.
        along = self._along = _Along() if self._is_hashed_along else None
        return Ahead(self._handle, partial(self._read, along), part, self._explained)

    def hash_along(self) -> None:
        """Have what is read from now on be hashed by the way: `hashes` need not read it again."""
        self._is_hashed_along = True

    async def hashes(self, algorithms: Iterable[str] = (DEFAULT,)) -> dict[str, bytes]:
        """Return the hashes of all of it by their names; what is known already is not read for."""
        wanted = tuple(algorithms)
        if self._along is not None and self._along.position == self.size:
            self._hashes |= self._along.hasher.digests()
        missing = Hasher(each for each in wanted if each not in self._hashes)
        if missing.digests():
            await self._hash(missing)
            self._hashes |= missing.digests()
        return {each: self._hashes[each] for each in wanted if each in self._hashes}

    def close(self) -> None:
        """Let go of it."""
        self._handle.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    async def _hash(self, hasher: Hasher) -> None:
        with self._explained():
            await feed(hasher, self._handle, self.size, by=partial(self._read, None))

    def _explained(self) -> AbstractContextManager[None]:
        return reasons.explained(self.path or self.name)

    def _read(self, along: "_Along | None", offset: int, size: int, number: int) -> bytes:
        wanted = max(0, min(size, self.size - offset))
        piece = read(offset, wanted, number)
        if len(piece) < wanted or Stamp.seen(os.fstat(number)) != self.stamp:
            raise _changed(self.path or self.name)
        if along is not None:
            along.note(offset, piece)
        return piece


class _Along:
    """Hashes what is read in one go from the beginning on."""

    def __init__(self) -> None:
        self.hasher = Hasher()
        self.position = 0

    def note(self, offset: int, piece: bytes) -> None:
        if offset == self.position:
            self.hasher.update(piece)
            self.position += len(piece)


def _open(path: str) -> tuple[Descriptor, Stamp]:
    file = regular.opened(path, reasons.shown(path))
    return file, _check(file, path)


def _check(file: Descriptor, path: str) -> Stamp:
    status = os.fstat(file.fileno())
    regular.check(status, reasons.shown(path))
    # Fails where it isn't open for reading; files of the system have a content and no size.
    if os.pread(file.fileno(), 0 if status.st_size else 1, 0):
        raise FileError(f"{reasons.shown(path)} doesn't say how long it is: send a copy of it")
    return Stamp.seen(status)


def _changed(path: str) -> FileError:
    return FileChanged(f"{reasons.shown(path)} has changed since it was to be sent; send it anew")
