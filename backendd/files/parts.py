"""A file while it is received: hidden in the directory it goes to, and found again by its key.

All of it waits for the disk, and may be called from any thread.
"""

import errno
import fcntl
import os
import re
import secrets
import stat
import threading
from collections.abc import Container
from contextlib import suppress
from itertools import chain, count, islice

from backendd.api import file_names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.core import clock
from backendd.files.writer import SYNCED

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)
_HIDDEN = re.compile(r"\..+\.([0-9a-f]{16})\.part", re.ASCII | re.DOTALL)
_MARKS = len("..0123456789abcdef.part")
_MOST_NAMES = 10_000
_IN_THE_WAY = "something else has the name under which the file is received"
# What file systems say that have one name for each file.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_LEFT_AFTER_S = 24 * 60 * 60


def new_key() -> str:
    """Return a key for a file that is to be received; whoever has it finds the file again."""
    return secrets.token_hex(8)


class Part:
    """What has come of a file, with nobody but its owner let in. Make one with `open`.

    Whoever has another one of the same key open has it alone.
    """

    def __init__(self, directory: Descriptor, hidden: str, file: Descriptor) -> None:
        self.file = file
        self._directory = directory
        self._hidden = hidden
        self._identity = _identity(os.fstat(file.fileno()))
        self._lock = threading.Lock()
        self._is_over = False
        self._placed = ""

    @classmethod
    def open(cls, directory: str, name: str, key: str) -> "Part":
        """Return what is there of the file with this key, or a new one; OSError, FileError."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key: {key!r}")
        opened = Descriptor(os.open(directory, _DIRECTORY))
        hidden = _hidden_name(opened, key)
        file = _find(opened, hidden) if hidden else None
        if file is None:
            hidden = _new_name(opened, name, key)
            file = _create(opened, hidden)
        if file is None:
            raise FileError(_IN_THE_WAY)
        _lock(file)
        return cls(opened, hidden, file)

    def place(self, name: str) -> str:
        """Give the file its name, or a numbered one where there is one of that; return it.

        A file of another is never written over. Not after the end of it.
        """
        with self._lock:
            if self._is_over or not self._is_at(self._hidden):
                raise FileError("the file has been removed while it was received")
            others = (file_names.numbered(name, number) for number in count(2))
            for each in islice(chain((name,), others), _MOST_NAMES):
                if self._give(each):
                    self._placed = each
                    os.fsync(self._directory.fileno())
                    return each
        raise FileError(f'there are too many files of the name "{name}"')

    def remove(self) -> None:
        """Take the file away, also where it has its name already."""
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
            name = self._placed or self._hidden
            try:
                if self._is_at(name):
                    self._unlink(name)
            finally:
                self._directory.close()

    def close(self) -> None:
        """Let go of the directory; whatever is in it stays."""
        with self._lock:
            self._is_over = True
            self._directory.close()

    def _give(self, name: str) -> bool:
        """Return False where there is one of this name."""
        where = self._directory.fileno()
        try:
            os.link(self._hidden, name, src_dir_fd=where, dst_dir_fd=where, follow_symlinks=False)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return self._move(name)
        self._unlink(self._hidden)
        return True

    def _move(self, name: str) -> bool:
        """Do as `_give` does where a file has one name: over an empty one that is surely ours."""
        where = self._directory.fileno()
        if _create(self._directory, name) is None:
            return False
        try:
            os.rename(self._hidden, name, src_dir_fd=where, dst_dir_fd=where)
        except OSError:
            self._unlink(name)
            raise
        return True

    def _is_at(self, name: str) -> bool:
        with suppress(FileNotFoundError):
            where = self._directory.fileno()
            return self._identity == _identity(os.stat(name, dir_fd=where, follow_symlinks=False))
        return False

    def _unlink(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._directory.fileno())


def discard(directory: str, key: str) -> None:
    """Leave nothing of the file with this key; OSError where the directory can't be used."""
    opened = Descriptor(os.open(directory, _DIRECTORY))
    if hidden := _hidden_name(opened, key):
        os.unlink(hidden, dir_fd=opened.fileno())


def clean(directory: str, alive: Container[str], *, left_after: float = _LEFT_AFTER_S) -> int:
    """Remove what was left in a directory by those whose key is not in `alive`; return how many.

    Another backend may have the same directory: what it has open, or has written to within the
    last day, is left to it.
    """
    removed = 0
    opened = Descriptor(os.open(directory, _DIRECTORY))
    for name in os.listdir(opened.fileno()):
        found = _HIDDEN.fullmatch(name)
        if found and found[1] not in alive:
            removed += _remove_left(opened, name, left_after)
    return removed


def _remove_left(directory: Descriptor, name: str, left_after: float) -> bool:
    with suppress(OSError, FileError):
        file = Descriptor(os.open(name, _FILE, dir_fd=directory.fileno()))
        status = os.fstat(file.fileno())
        if not _is_ours(status) or clock.now_us() / 1e6 - status.st_mtime < left_after:
            return False
        _lock(file)
        os.unlink(name, dir_fd=directory.fileno())
        return True
    return False


def _create(directory: Descriptor, name: str) -> Descriptor | None:
    """Return a new file; None where there is something of this name."""
    flags = _FILE | os.O_CREAT | os.O_EXCL
    try:
        return Descriptor(os.open(name, flags, 0o600, dir_fd=directory.fileno()))
    except FileExistsError:
        return None


def _hidden_name(directory: Descriptor, key: str) -> str:
    """Return the name of what came of the file with this key; empty where there is nothing."""
    found = map(_HIDDEN.fullmatch, os.listdir(directory.fileno()))
    return next((each[0] for each in found if each and each[1] == key), "")


def _new_name(directory: Descriptor, name: str, key: str) -> str:
    longest = os.fstatvfs(directory.fileno()).f_namemax or 255
    return f".{file_names.fitted(name, min(file_names.MOST_BYTES, longest - _MARKS))}.{key}.part"


def _find(directory: Descriptor, hidden: str) -> Descriptor | None:
    """Return the file that is there, None where there is none to go on with.

    Whatever else has its name is left, and a FileError.
    """
    try:
        file = Descriptor(os.open(hidden, _FILE, dir_fd=directory.fileno()))
    except OSError as error:
        raise FileError(_IN_THE_WAY) from error
    status = os.fstat(file.fileno())
    if not _is_ours(status):
        raise FileError(_IN_THE_WAY)
    if status.st_nlink > 1:  # it was complete, and had its name as well when we were ended
        os.unlink(hidden, dir_fd=directory.fileno())
        return None
    os.fchmod(file.fileno(), 0o600)
    os.ftruncate(file.fileno(), _sure(status))
    os.lseek(file.fileno(), 0, os.SEEK_END)
    return file


def _sure(status: os.stat_result) -> int:
    """Return how many bytes of a file are what was written there: a crash may leave others."""
    started = clock.now_us() / 1e6 - clock.monotonic() - clock.suspended()
    if status.st_mtime > started:
        return status.st_size
    return max(0, status.st_size // SYNCED - 2) * SYNCED


def _lock(file: Descriptor) -> None:
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FileError("the file is being received already") from error
    except OSError:
        pass  # not every file system has locks


def _is_ours(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
