"""Writes to pipes and sockets without waiting in a thread: whoever reads them may take for ever."""

import asyncio
import os
import socket
import stat
from collections import deque

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files.hashing import Hasher
from backendd.files.threads import CLOSED

_AT_ONCE = 64 * 1024
_FLAGS = os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC


class StreamWriter:
    """Writes to a pipe or a stream socket, in order, and hashes what it writes.

    The flags of the open file stay as they are: they are also those of whoever handed it over.
    """

    def __init__(self, file: Descriptor, hasher: Hasher) -> None:
        is_socket = stat.S_ISSOCK(os.fstat(file.fileno()).st_mode)
        self._opened = _Socket(file) if is_socket else _Pipe(file)
        self._hasher = hasher
        self._untaken = deque[memoryview]()
        self._has_room: asyncio.Event | None = None
        self._is_closed = False

    async def write(self, data: bytes) -> None:
        """Return when all of it is taken; FileError, OSError where nobody takes it any more.

        Where who waits here is cancelled, the rest goes before whatever comes next.
        """
        self._untaken.append(memoryview(data))
        await self.flush()

    async def flush(self) -> None:
        """Return when all is taken that came; raises what `write` does."""
        while self._untaken:
            if self._is_closed:
                raise FileError(CLOSED)
            try:
                self._send(self._untaken[0])
            except BlockingIOError:
                await self._wait()

    def _send(self, piece: memoryview) -> None:
        """Have some of the first piece taken."""
        taken = self._opened.send(piece[:_AT_ONCE])
        self._hasher.update(piece[:taken])
        if taken < len(piece):
            self._untaken[0] = piece[taken:]
        else:
            self._untaken.popleft()

    def close(self) -> None:
        """Let go of it, which is the end of the file for whoever reads."""
        self._is_closed = True
        if self._has_room is None:
            self._opened.close()
        else:
            self._has_room.set()

    async def _wait(self) -> None:
        """Return when there is room; FileError where it is closed meanwhile."""
        loop, number = asyncio.get_running_loop(), self._opened.fileno()
        self._has_room = asyncio.Event()
        loop.add_writer(number, self._has_room.set)
        try:
            await self._has_room.wait()
        finally:
            loop.remove_writer(number)
            self._has_room = None
            if self._is_closed:
                self._opened.close()
        if self._is_closed:
            raise FileError(CLOSED)


class _Pipe:
    """A pipe, opened anew, so that only our end of it never waits."""

    def __init__(self, file: Descriptor) -> None:
        self._file = Descriptor(os.open(f"/proc/self/fd/{file.fileno()}", _FLAGS))
        file.close()
        self.fileno = self._file.fileno
        self.close = self._file.close

    def send(self, data: memoryview) -> int:
        return os.write(self.fileno(), data)


class _Socket:
    """A socket, of which single calls never wait."""

    def __init__(self, file: Descriptor) -> None:
        self._socket = socket.socket(fileno=file.detach())
        self.fileno = self._socket.fileno
        self.close = self._socket.close
        if self._socket.type != socket.SOCK_STREAM:
            self.close()
            raise FileError("the socket takes no stream of bytes")

    def send(self, data: memoryview) -> int:
        return self._socket.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
