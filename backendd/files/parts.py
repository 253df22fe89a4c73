"""A file while it is received: hidden in the directory it goes to, and found again by its key.

All of it waits for the disk, and may be called from any thread.
"""

import errno
import os
import re
import secrets
import threading
from contextlib import suppress
from itertools import chain, count, islice
from typing import Final

from backendd.api import file_names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files import hidden

_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)
_MOST_NAMES = 10_000

REMOVED: Final = "the file, or the directory it is in, has been removed while it was received"

# What file systems say that have one name for each file.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def new_key() -> str:
    """Return a key for a file that is to be received; whoever has it finds the file again."""
    return secrets.token_hex(8)


class Part:
    """What has come of a file, with nobody but its owner let in. Make one with `open`.

    `is_whole`: it had, when it was opened, the mark that it had when it was whole. Whoever has
    another one of the same key open has it alone.
    """

    def __init__(
        self, directory: Descriptor, known: str, file: Descriptor, *, mark: str, placed: str = ""
    ) -> None:
        self.file = file
        self.is_whole = mark == self.mark()
        self._directory = directory
        self._hidden = known
        self._identity = _identity(os.fstat(file.fileno()))
        self._lock = threading.Lock()
        self._is_over = False
        self._placed = placed

    @classmethod
    def open(cls, directory: str, name: str, key: str, mark: str = "") -> "Part":
        """Return what is there of the file with this key, or a new one; OSError, FileError.

        With the `mark` that it had when it was whole, it is also found under its name.
        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key: {key!r}")
        opened = hidden.opened(directory)
        known = hidden.name_of(opened, key)
        if placed := hidden.placed(opened, mark):
            if known:  # we were ended between the two
                os.unlink(known, dir_fd=opened.fileno())
            whole = Descriptor(os.open(placed, hidden.FILE, dir_fd=opened.fileno()))
            return cls(opened, known, whole, mark=mark, placed=placed)
        file = hidden.find(opened, known) if known else None
        if file is None:
            known = hidden.new_name(opened, name, key)
            file = hidden.create(opened, known)
        if file is None:
            raise FileError(hidden.IN_THE_WAY)
        hidden.lock(file)
        return cls(opened, known, file, mark=mark)

    def mark(self) -> str:
        """Return by what it is known from all other files, as it is now."""
        return hidden.mark_of(os.fstat(self.file.fileno()))

    def place(self, name: str) -> str:
        """Give the file its name, or a numbered one where there is one of that; return it.

        A file of another is never written over. Not after the end of it.
        """
        with self._lock:
            if self._placed and not self._is_over:
                return self._placed
            if self._is_over or not self._is_at(self._hidden):
                raise FileError(REMOVED)
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
        if hidden.create(self._directory, name) is None:
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


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
