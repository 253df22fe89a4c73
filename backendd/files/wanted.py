"""Where a file is to go, and what of that is kept until it is there."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Self

from backendd.api.errors import FileError
from backendd.api.tuples import NamedTuple
from backendd.files import directory_targets
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.targets import Bounds


class Wanted(NamedTuple):
    """Where a file goes; into no directory where a caller has opened what it goes into.

    `key` finds what came of it again, and is empty where nothing of it is kept. `is_default`: the
    directory is made where it isn't there. `size` is what was announced, None where nothing was.
    `is_asked`: the user has asked for it. `mark` is that of the whole file, once it is, until it is
    known that it has its name.
    """

    key: str
    directory: str
    size: int | None
    is_default: bool = False
    is_asked: bool = True
    mark: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it goes into what a caller has opened, behind what is there of it."""
        return bool(self.key) and not self.directory

    @classmethod
    def of(cls, notes: Mapping[str, str | int]) -> Self:
        """Return what `notes` has written."""
        size = int(notes.get("size", -1))
        return cls(
            str(notes.get("key", "")),
            str(notes.get("directory", "")),
            size if size >= 0 else None,
            is_default=bool(notes.get("is_default", 0)),
            is_asked=bool(notes.get("is_asked", 1)),
            mark=str(notes.get("mark", "")),
        )

    def notes(self) -> dict[str, str | int]:
        """Return what is kept with the transfer."""
        return {
            "key": self.key,
            "directory": self.directory,
            "size": -1 if self.size is None else self.size,
            "is_default": int(self.is_default),
            "is_asked": int(self.is_asked),
            "mark": self.mark,
        }

    async def open(self, name: str, bounds: Bounds) -> DirectoryTarget:
        """Return where a file of this name goes, behind what came of it before; FileError."""
        return await DirectoryTarget.open(
            self.directory, name, self.key, bounds, make_directory=self.is_default,
            mark=self.mark,
        )  # fmt: skip

    async def discard(self) -> None:
        """Leave nothing of what has come of it, and isn't whole, where that can be removed."""
        if self.directory:
            with suppress(FileError):
                await directory_targets.discard(self.directory, self.key, self.mark)
