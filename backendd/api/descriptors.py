"""File descriptors that cross the bus: the types `h` and `ah` of the D-Bus specification."""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Self

from backendd.api.signature import Plain, split

_SEVERAL = "ah"
_TYPES = ("h", _SEVERAL)


class Descriptor:
    """An open file descriptor, closed when nobody refers to it any longer.

    What is sent stays open until it is written, and what came with a call until that is
    answered, whoever forgets it on the way.
    """

    __slots__ = ("__weakref__", "_number")

    def __init__(self, number: int) -> None:
        self._number = number

    @classmethod
    def copy(cls, number: int) -> Self:
        """Return one of our own for what is open as `number`."""
        return cls(os.dup(number))

    def fileno(self) -> int:
        """Return its number, which `open` and `os` take; ValueError once it is closed."""
        if self._number < 0:
            raise ValueError("this file descriptor is closed")
        return self._number

    __index__ = fileno

    def detach(self) -> int:
        """Return its number, and leave it to the caller to close that."""
        number, self._number = self.fileno(), -1
        return number

    def close(self) -> None:
        """Close it now."""
        if self._number >= 0:
            number = self.detach()
            with suppress(OSError):  # it may be gone by another way; nothing is left to do
                os.close(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def pack(signature: str, values: Sequence[Plain]) -> tuple[Sequence[Plain], list[Descriptor]]:
    """Return values as they stand in a body, where a descriptor is a number, and those apart.

    Raises TypeError for one that is none.
    """
    if "h" not in signature:
        return values, []
    found: list[Descriptor] = []
    packed: list[Plain] = []
    for each, value in zip(split(signature), values, strict=True):
        if each not in _TYPES:
            packed.append(value)
            continue
        those = value if each == _SEVERAL else [value]
        for one in those:
            if not isinstance(one, Descriptor):
                raise TypeError(f"no descriptor: {one!r}")
        numbers = [*range(len(found), len(found) + len(those))]
        packed.append(numbers if each == _SEVERAL else numbers[0])
        found += those
    return packed, found


def unpack(signature: str, values: Sequence[Plain], found: Sequence[Descriptor]) -> Sequence[Plain]:
    """Return values with the descriptors that came with their message.

    Raises ValueError where one hasn't come; the system drops those we can't have open.
    """
    if "h" not in signature:
        return values
    unpacked: list[Plain] = []
    for each, value in zip(split(signature), values, strict=True):
        if each not in _TYPES:
            unpacked.append(value)
            continue
        numbers = value if each == _SEVERAL else [value]
        if any(number >= len(found) for number in numbers):
            raise ValueError("the file descriptor has not come")
        those = [found[number] for number in numbers]
        unpacked.append(those if each == _SEVERAL else those[0])
    return unpacked
