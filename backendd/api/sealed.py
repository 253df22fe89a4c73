"""A file in memory that nobody can change any more, to be handed out."""

import fcntl
import os

from backendd.api.descriptors import Descriptor

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


def sealed(name: str, data: bytes) -> Descriptor:
    """Return a file to read that holds `data`, at its beginning; `name` is for who debugs."""
    number = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    file = Descriptor(number)
    with os.fdopen(number, "wb", closefd=False) as opened:
        opened.write(data)
    os.lseek(number, 0, os.SEEK_SET)
    fcntl.fcntl(number, fcntl.F_ADD_SEALS, _SEALS)
    return file
