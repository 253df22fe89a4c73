"""What is sent to a server: a request, and in it a file, piece by piece."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from backendd.api.errors import BackendError, FileError
from backendd.api.values import Value
from backendd.files.headers import Header
from backendd.files.patience import Clock, Patience
from backendd.files.threads import forget

_READ = 1024 * 1024
_LEAST, _MOST = 16 * 1024, 256 * 1024
_SOON_S, _LATE_S = 0.1, 0.4
"""A piece is as large as leaves in between, so that a slow way is no silent one."""


class Source(Protocol):
    """What is sent: read in order, and again from its start where it has to be sent again."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def read(self, offset: int, size: int) -> Coroutine[Any, Any, bytes]:
        """Return so many bytes from there on, or fewer, but some; FileError."""


class Body:
    """One sending of a source: how far it has come, and what is wrong with it."""

    def __init__(self, source: Source, patience: Patience, told: Callable[[int], None]) -> None:
        self.size = source.size
        self.sent = 0
        self.error: BackendError | None = None
        self.clock: Clock | None = None
        self._source = source
        self._patience = patience
        self._told = told
        self._read = memoryview(b"")
        self._ahead: asyncio.Task[bytes] | None = None
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
        """Return what comes next; what is behind that is read while it is sent."""
        try:
            read = await (self._ahead or self._reading(self.sent))
            if not read:
                raise FileError("the file became shorter while it was sent")
        except BackendError as error:
            self.error = error
            raise
        at = self.sent + len(read)
        self._ahead = self._reading(at) if at < self.size else None
        return read

    def _reading(self, at: int) -> asyncio.Task[bytes]:
        reading = self._source.read(at, min(_READ, self.size - at))
        task = asyncio.get_running_loop().create_task(reading, name="read a file ahead")
        forget(task)  # whoever gives the sending up waits for it no more
        return task


class Outgoing(Value):
    """One request, but for whom it asks."""

    method: str
    headers: tuple[Header, ...]
    body: Body | None
