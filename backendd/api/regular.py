"""Regular files, the only ones that are sent: both programs look at what one is, then open it.

To open something else may last until somebody opens its other end, or do something to it.
"""

import os
import stat

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def opened(path: str, shown: str, use: str = "sent") -> Descriptor:
    """Return a file, open to read; FileError for what is none, OSError.

    `shown` is how it stands in a sentence, `use` what can only be done with files.
    """
    check(os.stat(path), shown, use)
    file = Descriptor(os.open(path, _FLAGS))
    try:
        check(os.fstat(file.fileno()), shown, use)  # another one may stand there by now
    except BaseException:
        file.close()
        raise
    return file


def check(status: os.stat_result, shown: str, use: str = "sent") -> None:
    """Raise FileError for what is no regular file."""
    if what := other(status):
        raise FileError(f"{shown} is {what}; only files can be {use}")


def other(status: os.stat_result) -> str:
    """Return what something is that is no regular file; nothing for one."""
    if stat.S_ISREG(status.st_mode):
        return ""
    return _KINDS.get(stat.S_IFMT(status.st_mode), "no file with a content")
