"""Reads open files at any place, in threads."""

import os
from collections.abc import Callable
from functools import partial

from backendd.files.hashing import Taker
from backendd.files.precedence import PRECEDENCE
from backendd.files.threads import Handle

PIECE = 1024 * 1024

Read = Callable[[int, int, int], bytes]
"""Returns what is in a file from an offset on, up to a size, by the number of the file."""

Checked = Callable[[int, int], None]
"""Is told how many bytes of a file were looked through, of how many."""

_GIVEN_AT_ONCE = 16 * PIECE  # by one piece of work, so that others get their turn


def read(offset: int, size: int, number: int) -> bytes:
    """Return `size` bytes of what is open as `number`, from `offset` on; fewer at the end."""
    piece = os.pread(number, size, offset)
    if len(piece) in (0, size):
        return piece
    rest = bytearray(piece)  # some file systems give less than there is
    while len(rest) < size and (more := os.pread(number, size - len(rest), offset + len(rest))):
        rest += more
    return bytes(rest)


def tell_nobody(_done: int, _size: int) -> None:
    """Do nothing."""


async def feed(
    taker: Taker,
    handle: Handle,
    size: int,
    *,
    start: int = 0,
    by: Read = read,
    checked: Checked = tell_nobody,
) -> None:
    """Give `taker` so many bytes of a file from `start` on, in a thread."""
    checked(0, size)
    for offset in range(start, start + size, _GIVEN_AT_ONCE):
        end = min(offset + _GIVEN_AT_ONCE, start + size)
        await handle.do(partial(_feed, taker, offset, end, by))
        checked(end - start, size)


def _feed(taker: Taker, offset: int, end: int, by: Read, number: int) -> None:
    for start in range(offset, end, PIECE):
        PRECEDENCE.give_way()
        taker.update(by(start, min(PIECE, end - start), number))
