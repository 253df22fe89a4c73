"""What is sent to a server: a request, and in it a file, piece by piece."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from backendd.api.errors import BackendError, FileError
from backendd.api.values import Value
from backendd.files.headers import Header
from backendd.files.patience import Clock, Patience

_LEAST, _MOST = 16 * 1024, 1024 * 1024
_SOON_S, _LATE_S = 0.1, 0.4
"""A piece is as large as leaves in between, so that a slow way is no silent one."""


class Reading(Protocol):
    """A file on its way out of its disk."""

    async def next(self) -> bytes:
        """Return the next bytes, none at the end; FileError."""

    def close(self) -> None:
        """Read no further."""


class Source(Protocol):
    """What is sent: read in order, and again from its start where it has to be sent again."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def begin(self) -> Reading:
        """Return it from its start on."""


class Body:
    """One sending of a source: how far it has come, and what is wrong with it."""

    def __init__(self, source: Source, patience: Patience, told: Callable[[int], None]) -> None:
        self.size = source.size
        self.sent = 0
        self.error: BackendError | None = None
        self.clock: Clock | None = None
        self._reading = source.begin()
        self._patience = patience
        self._told = told
        self._read = memoryview(b"")
        self._step = _LEAST
        self._at = 0.0

    @property
    def is_sent(self) -> bool:
        """Whether nothing of it is left here."""
        return self.sent == self.size

    def __aiter__(self) -> "Body":
        return self

    async def __anext__(self) -> memoryview:
        if self.sent:
            self._told(self.sent)
        if self.is_sent:
            self._bump(self._patience.done_s)
            raise StopAsyncIteration
        self._bump(self._patience.stall_s)
        # What the server has said goes first: writing to one that has hung up would lose it.
        await asyncio.sleep(0)
        if not self._read:
            self._read = memoryview(await self._more())
        self._pace()
        piece, self._read = self._read[: self._step], self._read[self._step :]
        self.sent += len(piece)
        return piece

    def close(self) -> None:
        """Hand out no more of it."""
        self._reading.close()

    def _pace(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._at < _SOON_S:
            self._step = min(2 * self._step, _MOST)
        elif now - self._at > _LATE_S:
            self._step = max(self._step // 2, _LEAST)
        self._at = now

    def _bump(self, seconds: float) -> None:
        if self.clock:
            self.clock.bump(seconds)

    async def _more(self) -> bytes:
        try:
            read = await self._reading.next()
            if not read:
                raise FileError("the file became shorter while it was sent")
        except BackendError as error:
            self.error = error
            raise
        return read


class Outgoing(Value):
    """One request, but for whom it asks."""

    method: str
    headers: tuple[Header, ...]
    body: Body | None
