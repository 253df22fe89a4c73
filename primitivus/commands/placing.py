"""Putting files that have come into directories that the backend can't write to."""

import errno
import os
import secrets
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from typing import TypeVar

from backendd.api.errors import FileError
from backendd.api.file_names import numbered
from backendd.api.records import Transfer
from primitivus.client.transfers import Place
from primitivus.commands.apart import apart
from primitivus.commands.errors import CommandError
from primitivus.commands.files import absolute

T = TypeVar("T")

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# What systems say where a file can't have a second name there: on another disk, or of another kind.
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_MOST_NAMES = 10_000
_PIECE = 1 << 20


async def into(
    receive: Callable[[str], Awaitable[T]], directory: Path | None
) -> tuple[T, Place | None]:
    """Receive a file into a directory, without one to where downloads belong.

    Where the backend can't write there, it goes to where downloads belong as well, and what is
    returned beside puts it there once it has come. CommandError where that can't be done either.
    """
    if directory is None:
        return await receive(""), None
    where = absolute(directory)
    try:
        return await receive(str(where)), None
    except FileError:
        place = await _placing(where)  # the backend may write to less of this machine than we do
    return await receive(""), place


async def _placing(directory: Path) -> Place:
    await apart(partial(_check, directory))

    async def place(transfer: Transfer) -> str:
        return await apart(partial(moved, transfer.path, transfer.name, str(directory)))

    return place


def moved(path: str, name: str, directory: str) -> str:
    """Put a file into a directory under its name, or a numbered one; return its path. OSError.

    Nothing is written over, and what is copied there is hidden until it is whole.
    """
    where = os.open(directory, _DIRECTORY)
    try:
        try:
            given = _given(name, partial(os.link, path, dst_dir_fd=where, follow_symlinks=False))
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            given = _copied(path, name, where)
    finally:
        os.close(where)
    os.unlink(path)
    return os.path.join(directory, given)


def _check(directory: Path) -> None:
    try:
        os.close(os.open(directory, _DIRECTORY))
    except OSError as error:
        raise _unwritable(directory, error.strerror) from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise _unwritable(directory, os.strerror(errno.EACCES))


def _unwritable(directory: Path, why: str | None) -> CommandError:
    return CommandError(f'nothing can be put into "{directory}": {why}')


def _given(name: str, give: Callable[[str], None]) -> str:
    """Return the first name that nothing has yet, once it is given."""
    others = (numbered(name, number) for number in count(2))
    for each in islice(chain((name,), others), _MOST_NAMES):
        with suppress(FileExistsError):
            give(each)
            return each
    raise FileExistsError(errno.EEXIST, "There are too many files of this name")


def _copied(path: str, name: str, where: int) -> str:
    hidden = f".{secrets.token_hex(8)}.part"
    number = os.open(hidden, _NEW, 0o600, dir_fd=where)
    try:
        with open(path, "rb") as source, os.fdopen(number, "wb") as target:
            shutil.copyfileobj(source, target, _PIECE)
            target.flush()
            os.fsync(target.fileno())
        return _given(name, partial(_rename, hidden, where=where))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(hidden, dir_fd=where)


def _rename(hidden: str, name: str, *, where: int) -> None:
    """Give a file another name that nothing has: over an empty one that is surely ours."""
    os.close(os.open(name, _NEW, 0o600, dir_fd=where))
    try:
        os.rename(hidden, name, src_dir_fd=where, dst_dir_fd=where)
    except OSError:
        os.unlink(name, dir_fd=where)
        raise
