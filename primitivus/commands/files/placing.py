"""Putting files that have come into directories that the backend can't write to."""

import errno
import os
import shutil
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.api.new_files import DIRECTORY, NewFile, first_free
from backendd.api.records import Transfer
from primitivus.client.apart import apart
from primitivus.client.transfers import Place
from primitivus.client.unfinished import unfinished
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import absolute
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr

T = TypeVar("T")

# What systems say where a file can't have a second name there: on another disk, or of another kind.
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_PIECE = 1 << 20


async def into(
    receive: Callable[[str], Awaitable[T]], directory: Path | None, size: int
) -> tuple[T, Place | None]:
    """Receive a file of this size into a directory, without one to where downloads belong.

    Where the backend can't write there, it goes to where downloads belong as well, and what is
    returned beside puts it there once it has come. CommandError where that can't be done either.
    """
    if directory is None:
        return await receive(""), None
    where = absolute(directory)
    try:
        return await receive(str(where)), None
    except FileError:
        place = await _placing(
            where, size
        )  # the backend may write to less of this machine than we do
    return await receive(""), place


async def _placing(directory: Path, size: int) -> Place:
    await apart(partial(_check, directory, size))

    async def place(transfer: Transfer) -> str:
        return await apart(partial(moved, transfer.path, transfer.name, str(directory)))

    return place


def moved(path: str, name: str, directory: str) -> str:
    """Put a file into a directory under its name, or a numbered one; return its path. OSError.

    Nothing is written over, and what is copied there is hidden until it is whole.
    """
    with Descriptor(os.open(directory, DIRECTORY)) as where:
        link = partial(os.link, path, dst_dir_fd=where.fileno(), follow_symlinks=False)
        try:
            given = first_free(name, link)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            given = _copied(path, name, where)
    os.unlink(path)
    return os.path.join(directory, given)


def _check(directory: Path, size: int) -> None:
    try:
        with Descriptor(os.open(directory, DIRECTORY)) as where:
            disk = os.fstatvfs(where.fileno())
    except OSError as error:
        raise _unwritable(directory, error.strerror) from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise _unwritable(directory, os.strerror(errno.EACCES))
    free = disk.f_bavail * disk.f_frsize
    if disk.f_blocks and size > free:  # some file systems say nothing of themselves
        why = tr("the disk has no room for it: only {size} are free", size=as_size(free))
        raise _unwritable(directory, why)


def _unwritable(directory: Path, why: str | None) -> CommandError:
    return CommandError(
        tr('nothing can be put into "{directory}": {why}', directory=directory, why=why)
    )


def _copied(path: str, name: str, where: Descriptor) -> str:
    with closing(NewFile(where, name, unfinished())) as new:
        with open(path, "rb") as source, open(new.file.fileno(), "wb", closefd=False) as target:
            shutil.copyfileobj(source, target, _PIECE)
        return new.finish()
