"""Where a file is to go, and whether somebody has asked for it."""

from collections.abc import Mapping
from typing import NamedTuple, Self


class Wanted(NamedTuple):
    """Where a file goes; nowhere where a caller has opened what it goes into.

    `key` finds what came of it again; `is_default`: the directory is made where it isn't there.
    `size` is what was announced, None where nothing was.
    """

    key: str
    directory: str
    size: int | None
    is_default: bool = False
    is_asked: bool = True

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
        )

    def notes(self) -> dict[str, str | int]:
        """Return what is kept with the transfer."""
        return {
            "key": self.key,
            "directory": self.directory,
            "size": -1 if self.size is None else self.size,
            "is_default": int(self.is_default),
            "is_asked": int(self.is_asked),
        }
