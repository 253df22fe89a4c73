"""Folders, which are sent as the files that are in them."""

import os
from collections.abc import Sequence
from functools import partial
from itertools import islice

from backendd.api.errors import FileError, TooLarge
from backendd.api.folders import MOST, files_in
from backendd.files import reasons
from backendd.files.threads import run


async def expand(paths: Sequence[str], *, most: int = MOST) -> list[str]:
    """Return the files of absolute paths: each file, and what is in a folder and those below.

    Those of a folder come as `files_in` has them. FileError, TooLarge.
    """
    found: list[str] = []
    for path in paths:
        reasons.check_path(path)
        with reasons.explained(path):
            found += await run(partial(_within, path, most - len(found)))
    return found


def _within(path: str, most: int) -> list[str]:
    files = list(islice(files_in(path), most + 1)) if os.path.isdir(path) else [path]
    if not files:
        raise FileError(f"{reasons.shown(path)} is a directory without files")
    if len(files) > most:
        raise TooLarge("these are too many files to send at once")
    return files
