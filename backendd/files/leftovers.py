"""What those left in directories who receive files no more.

All of it waits for the disk, and may be called from any thread.
"""

import os
from collections.abc import Container
from contextlib import suppress

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.core import clock
from backendd.files import hidden

_LEFT_AFTER_S = 24 * 60 * 60


def discard(directory: str, key: str, mark: str = "") -> None:
    """Leave nothing of the file with this key; OSError where the directory can't be used.

    With the `mark` that it had when it was whole, also where it has its name already.
    """
    opened = hidden.opened(directory)
    for name in filter(None, (hidden.name_of(opened, key), hidden.placed(opened, mark))):
        os.unlink(name, dir_fd=opened.fileno())


def clean(directory: str, alive: Container[str], *, left_after: float = _LEFT_AFTER_S) -> int:
    """Remove what was left in a directory by those whose key is not in `alive`; return how many.

    Another backend may have the same directory: what it has open, or has written to within the
    last day, is left to it.
    """
    removed = 0
    opened = hidden.opened(directory)
    for name in os.listdir(opened.fileno()):
        found = hidden.HIDDEN.fullmatch(name)
        if found and found[1] not in alive:
            removed += _remove_left(opened, name, left_after)
    return removed


def _remove_left(directory: Descriptor, name: str, left_after: float) -> bool:
    with suppress(OSError, FileError):
        file = Descriptor(os.open(name, hidden.FILE, dir_fd=directory.fileno()))
        status = os.fstat(file.fileno())
        if not hidden.is_ours(status) or clock.now_us() / 1e6 - status.st_mtime < left_after:
            return False
        hidden.lock(file)
        os.unlink(name, dir_fd=directory.fileno())
        return True
    return False
