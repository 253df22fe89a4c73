"""Files that commands write."""

import os
import select
import shutil
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError
from jp.failures import Failure


def write(source: Descriptor, path: str) -> None:
    """Write what is open into a new file; Failure, and then nothing of it is left.

    A device or FIFO that is there is written to, too; BrokenPipeError where who reads has gone.
    """
    is_there = _is_stream(path)
    try:
        # What is there already is not to be removed.
        target = open(path, "wb" if is_there else "xb")  # noqa: SIM115
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror}") from None
    try:
        with target, open(source.fileno(), "rb", closefd=False) as data:
            _require_no_terminal(target.fileno())
            shutil.copyfileobj(data, target)
    except BaseException as error:
        if not is_there:
            os.unlink(path)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise Failure(f"{path} can't be written: {error.strerror}") from None
        raise


@asynccontextmanager
async def received(path: str) -> AsyncIterator[Descriptor]:
    """Yield a new file at a path, or standard output for `-`, to be written by the backend.

    A device or FIFO that is there is written to, too. Raises Failure, and nothing of the file is
    left where what is done with it fails; BrokenPipeError where who reads has gone.
    """
    if path == "-":
        with _open(1) as output:
            yield output
        return
    is_there = _is_stream(path)
    flags = os.O_WRONLY if is_there else os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        number = os.open(path, flags | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror}") from None
    with Descriptor(number) as file:
        if is_there:
            with _open(number) as output:
                yield output
            return
        try:
            yield file
        except BaseException:
            os.unlink(path)
            raise


@contextmanager
def _open(number: int) -> Iterator[Descriptor]:
    """Yield what the backend can write to, so that it gets to what is open as `number`."""
    _require_no_terminal(number)
    if not stat.S_ISCHR(os.fstat(number).st_mode):
        try:
            with Descriptor.copy(number) as output:
                yield output
        except (BackendError, Failure):
            if _has_no_reader(number):
                raise BrokenPipeError from None
            raise
        return
    from tempfile import TemporaryFile

    # The backend writes to no device.
    with TemporaryFile() as kept, open(number, "wb", closefd=False) as target:
        with Descriptor.copy(kept.fileno()) as output:
            yield output
        kept.seek(0)
        shutil.copyfileobj(kept, target)


def _require_no_terminal(number: int) -> None:
    if os.isatty(number):
        raise Failure("a file is not for a terminal, which would obey what stands in it")


def _is_stream(path: str) -> bool:
    """Return whether a device or FIFO is there, or what a shell has for one."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _has_no_reader(number: int) -> bool:
    """Return whether who read from a pipe or socket has gone."""
    asked = select.poll()
    asked.register(number, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in asked.poll(0))
