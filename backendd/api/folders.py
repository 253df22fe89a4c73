"""Folders, which are sent as the files that are in them; both programs look into them."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice

MOST = 100
"""So many files go at once; more of them are most often a mistake."""

_SEEN = 100_000  # entries of folders that are looked at


def files_in(folder: str) -> Iterator[str]:
    """Yield the files in a folder and those below, in the order of their names; OSError.

    Without hidden ones, and without what is no file. Links to folders are not followed.
    """
    return (each for each in islice(_walk(folder), _SEEN) if os.path.isfile(each))


def _walk(folder: str) -> Iterator[str]:
    """Yield what is in a folder, and in those in it; OSError where one of them can't be read."""
    for folder_path, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = _shown(folders)
        yield from (os.path.join(folder_path, each) for each in _shown(names))


def _shown(names: Iterable[str]) -> list[str]:
    return sorted(each for each in names if not each.startswith("."))


def _raise(error: OSError) -> None:
    raise error
