"""Files that are written here: without a name until they are whole, and never over another one."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, count, islice
from pathlib import Path

from backendd.api.descriptors import Descriptor
from backendd.api.file_names import numbered
from backendd.api.unfinished import Unfinished, lock

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NAMELESS = os.O_WRONLY | os.O_TMPFILE | os.O_CLOEXEC
_MOST_NAMES = 10_000

# What file systems say that have no file without a name.
_NO_NAMELESS = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL})


class NewFile:
    """A file in a directory that is open, open to write; OSError. Close it.

    Only `finish` gives it its name; else nothing of it is left, whoever is killed when: until then
    it has none, where the file system can do that, and elsewhere a hidden one, by which what is
    left of it is known to be `unfinished`.
    """

    def __init__(self, where: Descriptor, name: str, unfinished: Unfinished) -> None:
        self._where = where
        self._unfinished = unfinished
        self._name = name
        self._hidden = ""
        self.file = self._opened()

    @classmethod
    def at(cls, path: Path, unfinished: Unfinished) -> "NewFile":
        """Return a file that is to be at a path; OSError."""
        return cls(Descriptor(os.open(path.parent, DIRECTORY)), path.name, unfinished)

    @property
    def size(self) -> int:
        """Return how many bytes are in it."""
        return os.fstat(self.file.fileno()).st_size

    def finish(self) -> str:
        """Return its name once it has that, or a numbered one; OSError."""
        os.fsync(self.file.fileno())
        return first_free(self._name, self._rename if self._hidden else self._link)

    def close(self) -> None:
        """Let go of it."""
        self.file.close()
        if self._hidden:
            with suppress(FileNotFoundError):
                os.unlink(self._hidden, dir_fd=self._where.fileno())
            self._unfinished.done(self._hidden)

    def _opened(self) -> Descriptor:
        where = self._where.fileno()
        try:
            return Descriptor(os.open(".", _NAMELESS, 0o600, dir_fd=where))
        except OSError as error:
            if error.errno not in _NO_NAMELESS:
                raise
        self._hidden = self._unfinished.new(os.readlink(f"/proc/self/fd/{where}"))
        file = Descriptor(os.open(self._hidden, _NEW, 0o600, dir_fd=where))
        lock(file)
        return file

    def _link(self, name: str) -> None:
        """Give it a name that nothing has (open(2))."""
        itself = f"/proc/self/fd/{self.file.fileno()}"
        os.link(itself, name, dst_dir_fd=self._where.fileno(), follow_symlinks=True)

    def _rename(self, name: str) -> None:
        """Give it a name that nothing has: over an empty file that is surely ours."""
        where = self._where.fileno()
        os.close(os.open(name, _NEW, 0o600, dir_fd=where))
        try:
            os.rename(self._hidden, name, src_dir_fd=where, dst_dir_fd=where)
        except OSError:
            os.unlink(name, dir_fd=where)
            raise


def first_free(name: str, give: Callable[[str], None]) -> str:
    """Return the first name that nothing has yet, once it is given; OSError."""
    others = (numbered(name, number) for number in count(2))
    for each in islice(chain((name,), others), _MOST_NAMES):
        with suppress(FileExistsError):
            give(each)
            return each
    raise FileExistsError(errno.EEXIST, "There are too many files of this name")
