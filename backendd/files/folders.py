"""Folders, which are sent as the files that are in them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from backendd.api.errors import FileError, TooLarge
from backendd.files import reasons
from backendd.files.threads import run

MOST = 100
"""So many files go at once; more of them are most often a mistake."""

_SEEN = 100_000  # entries of folders that are looked at


async def expand(paths: Sequence[str], *, most: int = MOST) -> list[str]:
    """Return the files of absolute paths: each file, and what is in a folder and those below.

    Those of a folder come in the order of their names, without hidden ones, and without what is no
    file. Links to folders are not followed below a path. FileError, TooLarge.
    """
    found: list[str] = []
    for path in paths:
        reasons.check_path(path)
        with reasons.explained(path, "SendHandle"):
            found += await run(partial(_within, path, most - len(found)))
    return found


def _within(path: str, most: int) -> list[str]:
    if not os.path.isdir(path):
        files = [path]
    else:
        entries = islice(_walk(path), _SEEN)
        files = list(islice((each for each in entries if os.path.isfile(each)), most + 1))
    if not files:
        raise FileError(f"{reasons.shown(path)} is a directory without files")
    if len(files) > most:
        raise TooLarge("these are too many files to send at once")
    return files


def _walk(folder: str) -> Iterator[str]:
    """Yield what is in a folder, and in those in it; OSError where one of them can't be read."""
    for folder_path, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = _shown(folders)
        yield from (os.path.join(folder_path, each) for each in _shown(names))


def _shown(names: Iterable[str]) -> list[str]:
    return sorted(each for each in names if not each.startswith("."))


def _raise(error: OSError) -> None:
    raise error
