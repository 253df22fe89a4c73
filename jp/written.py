"""Files that commands write."""

import os
import shutil

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
