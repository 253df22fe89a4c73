"""Room on a disk."""

import os

from backendd.api import sizes
from backendd.api.errors import DiskFull

_RESERVE = 64 * 1024 * 1024  # what others need who write there: a full disk stops more than us
_SHARE = 50  # of a small disk no more than one part of so many is kept


def check(wanted: int, number: int) -> None:
    """Raise DiskFull where the disk of the open file `number` has no room for so many bytes."""
    disk = os.fstatvfs(number)
    if not disk.f_blocks:
        return  # some file systems say nothing of themselves
    free = disk.f_bavail * disk.f_frsize
    reserve = min(_RESERVE, disk.f_blocks * disk.f_frsize // _SHARE)
    if wanted > free - reserve:
        raise DiskFull(f"the disk has no room for it: only {sizes.shown(free)} are free")
