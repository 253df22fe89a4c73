"""Files of a directory that are received into it: hidden until they are whole, and found again.

All of it waits for the disk, and may be called from any thread.
"""

import fcntl
import os
import re
import stat

from backendd.api import file_names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.core import clock
from backendd.files.writer import SYNCED

FILE = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""How each of them is opened."""

HIDDEN = re.compile(r"\..+\.([0-9a-f]{16})\.part", re.ASCII | re.DOTALL)
"""The name of one that isn't whole, and in it its key."""

IN_THE_WAY = "something else has the name under which the file is received"

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_MARKS = len("..0123456789abcdef.part")


def opened(directory: str) -> Descriptor:
    """Return a directory, open; OSError."""
    return Descriptor(os.open(directory, _DIRECTORY))


def create(directory: Descriptor, name: str) -> Descriptor | None:
    """Return a new file; None where there is something of this name."""
    flags = FILE | os.O_CREAT | os.O_EXCL
    try:
        return Descriptor(os.open(name, flags, 0o600, dir_fd=directory.fileno()))
    except FileExistsError:
        return None


def name_of(directory: Descriptor, key: str) -> str:
    """Return the name of what came of the file with this key; empty where there is nothing."""
    found = map(HIDDEN.fullmatch, os.listdir(directory.fileno()))
    return next((each[0] for each in found if each and each[1] == key), "")


def placed(directory: Descriptor, mark: str) -> str:
    """Return the name that the file with this mark has by now; empty where it isn't there."""
    if not mark:
        return ""
    with os.scandir(directory.fileno()) as found:
        # Of however many only those are looked at that have its number.
        like = [each for each in found if mark.startswith(f"{each.inode()}-")]
    same = (each.name for each in like if mark == mark_of(each.stat(follow_symlinks=False)))
    return next((name for name in same if not HIDDEN.fullmatch(name)), "")


def new_name(directory: Descriptor, name: str, key: str) -> str:
    """Return the name of a file that isn't whole yet, which will be called `name`."""
    longest = os.fstatvfs(directory.fileno()).f_namemax or 255
    return f".{file_names.fitted(name, min(file_names.MOST_BYTES, longest - _MARKS))}.{key}.part"


def find(directory: Descriptor, hidden: str) -> Descriptor | None:
    """Return the file that is there, None where there is none to go on with.

    Whatever else has its name is left, and a FileError.
    """
    try:
        file = Descriptor(os.open(hidden, FILE, dir_fd=directory.fileno()))
    except OSError as error:
        raise FileError(IN_THE_WAY) from error
    status = os.fstat(file.fileno())
    if not is_ours(status):
        raise FileError(IN_THE_WAY)
    if status.st_nlink > 1:  # it was complete, and had its name as well when we were ended
        os.unlink(hidden, dir_fd=directory.fileno())
        return None
    os.fchmod(file.fileno(), 0o600)
    if (sure := _sure(status)) < status.st_size:
        os.ftruncate(file.fileno(), sure)
    os.lseek(file.fileno(), 0, os.SEEK_END)
    return file


def _sure(status: os.stat_result) -> int:
    """Return how many bytes of a file are what was written there: a crash may leave others."""
    started = clock.now_us() / 1e6 - clock.monotonic() - clock.suspended()
    if status.st_mtime > started:
        return status.st_size
    return max(0, status.st_size // SYNCED - 2) * SYNCED


def lock(file: Descriptor) -> None:
    """Have nobody else receive it; FileError where somebody does."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FileError("the file is being received already") from error
    except OSError:
        pass  # not every file system has locks


def is_ours(status: os.stat_result) -> bool:
    """Return whether it is a file of this user."""
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def mark_of(status: os.stat_result) -> str:
    """Return by what a file that nobody changes is known from all others that there ever are."""
    return f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
