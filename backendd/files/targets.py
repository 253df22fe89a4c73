"""Files that are received: complete and verified under their name, or not there."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Self

from backendd.api import sizes
from backendd.api.errors import FileError, TooLarge
from backendd.api.values import Value
from backendd.files import hashing, reasons
from backendd.files.hashing import DEFAULT, Taker
from backendd.files.reading import Checked, tell_nobody

NO_HASHES: Mapping[str, bytes] = MappingProxyType({})


class Received(Value):
    """A file that has come whole.

    `path` is empty where it went into a file of the caller's; `is_verified`: it is surely the one
    that was announced.
    """

    path: str
    size: int
    hashes: Mapping[str, bytes]
    is_verified: bool


class Bounds(Value):
    """How much may come: exactly `size` where that is known, and never more than `most`."""

    size: int | None = None
    most: int | None = None

    def __post_init__(self) -> None:
        if self.size is not None and self.most is not None and self.size > self.most:
            raise TooLarge(
                f"the file has {sizes.shown(self.size)}, more than the {sizes.shown(self.most)} "
                "that may come"
            )

    def check(self, position: int) -> None:
        """Raise FileError or TooLarge where more has come."""
        if self.size is not None and position > self.size:
            raise FileError("more came than was announced")
        if self.most is not None and position > self.most:
            raise TooLarge(f"the file has more than the {sizes.shown(self.most)} that may come")

    def check_end(self, position: int) -> None:
        """Raise FileError where less has come than was announced."""
        if self.size is not None and position < self.size:
            came, announced = sizes.shown(position), sizes.shown(self.size)
            raise FileError(f"only {came} of {announced} came")


UNBOUNDED = Bounds()


async def _tell_nobody(_mark: str) -> None:
    """Do nothing."""


class Target(ABC):
    """Where a file goes that is received, in order.

    It ends in one of three ways: `finish`, `abandon`, or `close`, which keeps what came so that it
    can go on later, where that is possible.
    """

    name = ""
    path = ""
    """How the place is called in sentences."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._position = 0
        self._received: Received | None = None
        self.checked: Checked = tell_nobody
        """Hears how far what is here is looked through, whenever it is."""

    @property
    def size(self) -> int | None:
        """How many bytes there are to be, where that is known."""
        return self._bounds.size

    @property
    def position(self) -> int:
        """How many bytes have come, with those that were there before."""
        return self._position

    async def expect(self, size: int | None) -> None:
        """Have the file end at this size, as it is known now; FileError, TooLarge."""
        self._bounds = Bounds(size, self._bounds.most)
        self._bounds.check(self._position)
        await self._make_room((size or 0) - self._position)

    def call(self, name: str) -> None:
        """Have it get this name, or one that is safe, where it gets any."""
        self.name = name

    async def write(self, data: bytes) -> None:
        """Take the next bytes; return when there is room for more. FileError, TooLarge."""
        self._bounds.check(self._position + len(data))
        self._position += len(data)
        with reasons.explained(self.path):
            await self._write(data)

    async def recall(self, taker: Taker) -> bool:
        """Give `taker` all that came, to go on with it; return False where that can't be read."""
        return self._position == 0

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there, verified: it only has to finish, also once more."""
        return self._received is not None

    def mark(self) -> str:
        """Return by what the whole file is found again under its name; empty where it has none."""
        return ""

    async def finish(
        self,
        hashes: Mapping[str, bytes] = NO_HASHES,
        whole: Callable[[str], Awaitable[None]] = _tell_nobody,
    ) -> Received:
        """Return what has come, once it is on the disk, and is what the hashes say (XEP-0300).

        `whole` is told its `mark` before it gets its name. Raises FileError where something is
        missing, and also where it is another file, which is gone then.
        """
        if self._received is not None:
            return self._received
        self._bounds.check_end(self._position)
        with reasons.explained(self.path):
            given = hashing.counting(hashes)
            digests = await self._complete(given[0] if given else DEFAULT)
            try:
                is_verified = hashing.check(digests, given)
            except FileError:
                await self.abandon()
                raise
            await whole(self.mark())
            path = await self._place()
        self._received = Received(path, self._position, digests, is_verified)
        return self._received

    @abstractmethod
    async def catch_up(self) -> None:
        """Look through what was there when it was opened, which nothing can follow before.

        It is done with the first bytes at the latest; whoever sends them has to wait then.
        """

    @abstractmethod
    async def restart(self) -> None:
        """Forget what came: the file is to come from its beginning. FileError where that can't."""

    @abstractmethod
    async def abandon(self) -> None:
        """Leave nothing of it, as far as that can be; where it is finished, do nothing."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of it, and keep what came."""

    @abstractmethod
    async def _make_room(self, wanted: int) -> None: ...

    @abstractmethod
    async def _write(self, data: bytes) -> None: ...

    @abstractmethod
    async def _complete(self, algorithm: str) -> dict[str, bytes]:
        """Have all on the disk; return its hashes, this one among them."""

    @abstractmethod
    async def _place(self) -> str:
        """Give it its name, and return the path."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
