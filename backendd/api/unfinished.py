"""Notes of files that have a hidden name until they are whole, by which what a crash left goes.

All of it waits for the disk, and may be called from any thread.
"""

import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from backendd.api.descriptors import Descriptor

LEFT_AFTER_S = 24 * 60 * 60
"""What was written to since may be written still, by another program or on another machine."""

# What isn't there may be on a disk that is elsewhere now.
_FORGOTTEN_AFTER_S = 90 * 24 * 60 * 60
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)
_LONGEST = 64 * 1024
_FILE = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class Unfinished:
    """What is written by those who have their notes in this directory, a file each.

    Whoever can't have one there writes without.
    """

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    def new(self, directory: str) -> str:
        """Return the name of a new file in a directory; it is noted until `done`."""
        key = secrets.token_hex(8)
        hidden = _hidden(key)
        with suppress(OSError):
            self._notes.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._notes / key).write_bytes(os.fsencode(os.path.join(directory, hidden)))
        return hidden

    def done(self, hidden: str) -> None:
        """Note no more that there is a file of this name."""
        with suppress(OSError):
            (self._notes / hidden.strip(".").removesuffix(".part")).unlink()

    def clean(self) -> int:
        """Remove what was left and nobody writes any more; return how many files that were."""
        return sum(self._is_removed(*each) for each in list(self._noted()))

    def _noted(self) -> Iterator[tuple[Path, str]]:
        with suppress(OSError):
            for note in self._notes.iterdir():
                with suppress(OSError), note.open("rb") as file:
                    path = os.fsdecode(file.read(_LONGEST))
                    if _KEY.fullmatch(note.name) and os.path.basename(path) == _hidden(note.name):
                        yield note, path

    def _is_removed(self, note: Path, path: str) -> bool:
        try:
            is_removed = _remove(path)
        except FileNotFoundError:
            with suppress(OSError):
                if _age(note.stat()) > _FORGOTTEN_AFTER_S:
                    note.unlink()
            return False
        except OSError:
            return False
        if is_removed:
            with suppress(OSError):
                note.unlink()
        return is_removed


def lock(file: Descriptor) -> None:
    """Have it seen that this file is written; OSError where somebody else writes it."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        pass  # not every file system has locks


def _remove(path: str) -> bool:
    """Remove a file, if it is ours and nobody has it any more; OSError."""
    with Descriptor(os.open(path, _FILE)) as file:
        status = os.fstat(file.fileno())
        is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
        if not is_ours or _age(status) < LEFT_AFTER_S:
            return False
        lock(file)
        os.unlink(path)
    return True


def _age(status: os.stat_result) -> float:
    return time.time() - status.st_mtime


def _hidden(key: str) -> str:
    return f".{key}.part"
