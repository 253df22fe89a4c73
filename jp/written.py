"""Files that commands write."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backendd.api.descriptors import Descriptor
from jp.failures import Failure


def write(source: Descriptor, path: str) -> None:
    """Write what is open into a new file; Failure, and then nothing of it is left."""
    try:
        target = open(path, "xb")  # noqa: SIM115  # what is there already is not to be removed
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror}") from None
    try:
        with target, open(source.fileno(), "rb", closefd=False) as data:
            shutil.copyfileobj(data, target)
    except BaseException as error:
        os.unlink(path)
        if isinstance(error, OSError):
            raise Failure(f"{path} can't be written: {error.strerror}") from None
        raise


@asynccontextmanager
async def received(path: str) -> AsyncIterator[Descriptor]:
    """Yield a new file at a path, or standard output for `-`, to be written by the backend.

    Raises Failure; nothing of the file is left where what is done with it fails.
    """
    if path == "-":
        with Descriptor.copy(1) as output:
            yield output
        return
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Failure(f"{path} can't be written: {error.strerror}") from None
    try:
        with Descriptor(number) as file:
            yield file
    except BaseException:
        os.unlink(path)
        raise
