"""What a system's failure with a file means to a person."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from backendd.api import text
from backendd.api.errors import DiskFull, FileError, InvalidArgument

_SENTENCES = {
    errno.ENOENT: "is not there",
    errno.EACCES: "may not be used by the backend",
    errno.EPERM: "may not be used by the backend",
    errno.EROFS: "may not be written by the backend",
    errno.EISDIR: "is a directory",
    errno.ENOTDIR: "is not in a directory",
    errno.ENAMETOOLONG: "has a name that is too long",
    errno.ELOOP: "is a link that leads nowhere",
    errno.EIO: "can't be used: the disk reports an error",
    errno.ENOSPC: "can't be written: the disk is full",
    errno.EDQUOT: "can't be written: you have used all of your room on the disk",
    errno.EFBIG: "can't be written: the disk takes no file as large as that",
    errno.ETXTBSY: "is a program that runs",
    errno.ESTALE: "is on a disk that has gone",
    errno.ENXIO: "is not a file with a content",
    errno.ENODEV: "is not a file with a content",
    errno.EMFILE: "can't be opened: too many files are open",
    errno.ENFILE: "can't be opened: too many files are open",
    errno.EBADF: "is not open for that",
    errno.EPIPE: "is taken by nobody any more",
    errno.ECONNRESET: "is taken by nobody any more",
}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_LONGEST_PATH = 300


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Raise what the system says of the file at `path` as a FileError."""
    try:
        yield
    except OSError as error:
        raise explain(error, path) from error


def check_path(path: str) -> None:
    """Raise InvalidArgument for what is no absolute path."""
    if not path.startswith("/"):
        raise InvalidArgument("a path has to be absolute: it begins with /")
    if "\0" in path:
        raise InvalidArgument("no path has a NUL in it")


def explain(error: OSError, path: str) -> FileError:
    """Return what an error of the system says of the file at `path`."""
    kind = DiskFull if error.errno in _NO_ROOM else FileError
    return kind(f"{shown(path)} {_SENTENCES.get(error.errno or 0, 'can not be used')}")


def shown(path: str) -> str:
    """Return a path as it stands in a sentence."""
    cleaned = text.clean_line(path, limit=_LONGEST_PATH)
    return f'"{cleaned}"' if cleaned else "the file"
