"""Folders, which are sent as the files that are in them; both programs look into them."""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice

MOST = 100
"""So many files go at once; more of them are most often a mistake."""

_SEEN = 100_000  # entries of folders that are looked at
_NUMBER = re.compile(r"(\d+)")


def files_in(folder: str) -> Iterator[str]:
    """Yield the files in a folder and those below, in the natural order of their names; OSError.

    Without hidden ones, and without what is no file. Links to folders are not followed.
    """
    return (each for each in islice(_walk(folder), _SEEN) if os.path.isfile(each))


def _walk(folder: str) -> Iterator[str]:
    """Yield what is in a folder, and in those in it; OSError where one of them can't be read."""
    for folder_path, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = _shown(folders)
        yield from (os.path.join(folder_path, each) for each in _shown(names))


def _shown(names: Iterable[str]) -> list[str]:
    return sorted((each for each in names if not each.startswith(".")), key=natural)


def natural(name: str) -> list[str | int]:
    """Return what names are sorted by as people do: of two numbers the smaller is first."""
    return [int(part) if part.isdecimal() else part for part in _NUMBER.split(name)]


def _raise(error: OSError) -> None:
    raise error
