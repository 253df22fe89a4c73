"""The bytes of a socket, and the file descriptors that come beside them (unix(7), SCM_RIGHTS)."""

import socket
from array import array
from collections import deque

from backendd.api.descriptors import Descriptor

_AT_ONCE = 64 * 1024
_MOST = 253  # the kernel's SCM_MAX_FD
_ROOM = socket.CMSG_SPACE(_MOST * array("i").itemsize)


class ByteStream:
    """What comes over a non-blocking unix socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._data = b""
        self._at = 0  # of `_data`, what is read
        self._received = 0  # bytes, since the beginning
        self._came: deque[tuple[int, Descriptor]] = deque()

    def read(self, most: int) -> bytes | None:
        """Return up to `most` bytes, as many as are there.

        That is None while there are none, and b"" at the end.
        """
        found = bytearray()
        while len(found) < most:
            if self._at == len(self._data) and not self._receive(most - len(found)):
                break
            piece = self._data[self._at : self._at + most - len(found)]
            self._at += len(piece)
            found += piece
            if not piece:
                return bytes(found)
        return bytes(found) or None

    def descriptors(self) -> list[Descriptor]:
        """Return those that came with what was read last, each once.

        The system gives them with the first byte of what they were sent with and never reads on
        into what was sent next: they are of the message to which the last byte belongs.
        """
        position = self._received - (len(self._data) - self._at)
        found = []
        while self._came and self._came[0][0] <= position:
            found.append(self._came.popleft()[1])
        return found

    def _receive(self, wanted: int) -> bool:
        """Return whether something came; the end of the stream counts."""
        try:
            data, beside, _, _ = self._sock.recvmsg(
                max(_AT_ONCE, wanted), _ROOM, socket.MSG_CMSG_CLOEXEC
            )
        except BlockingIOError:
            return False
        self._data, self._at = data, 0
        self._received += len(data)
        for level, kind, packed in beside:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                numbers = array("i")
                numbers.frombytes(packed[: len(packed) - len(packed) % numbers.itemsize])
                self._came += [(self._received, Descriptor(number)) for number in numbers]
        return True
