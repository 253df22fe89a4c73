"""What waits until the bus takes it: bytes of messages, and the descriptors beside them."""

import asyncio
import socket
from array import array
from collections import deque
from collections.abc import Callable, Sequence

from backendd.api.descriptors import Descriptor


class Outgoing:
    """Writes to a non-blocking unix socket, in the running loop; never waits for it."""

    def __init__(self, sock: socket.socket, failed: Callable[[], None]) -> None:
        self._sock = sock
        self._failed = failed
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[bytes | bytearray, Sequence[Descriptor]]] = deque()
        # What is left of the message that is being written.
        self._rest = memoryview(b"")
        # Those that go with its first byte. They stay open until then.
        self._beside: Sequence[Descriptor] = ()
        self._is_watched = False

    def __len__(self) -> int:
        """Return how many messages wait, but the one that is being written."""
        return len(self._waiting)

    def put(self, data: bytes | bytearray, descriptors: Sequence[Descriptor]) -> None:
        """Write a message as soon as the loop comes to it."""
        self._waiting.append((data, descriptors))
        if not self._is_watched:
            self._is_watched = True
            self._loop.add_writer(self._sock, self.flush)

    def flush(self) -> None:
        """Give the socket what waits, as far as it takes that."""
        try:
            while self._rest or self._waiting:
                if not self._rest:
                    data, self._beside = self._waiting.popleft()
                    self._rest = memoryview(data)
                self._rest = self._rest[self._sock.sendmsg([self._rest], self._rights()) :]
                self._beside = ()
        except BlockingIOError:
            return  # goes on once the socket takes more
        except (OSError, ValueError):  # or a descriptor was closed
            self._failed()
            return
        self._leave()

    def stop(self) -> None:
        """Write nothing any more."""
        self._leave()
        self._waiting.clear()
        self._rest, self._beside = memoryview(b""), ()

    def _rights(self) -> list[tuple[int, int, "array[int]"]]:
        if not self._beside:
            return []
        numbers = array("i", [each.fileno() for each in self._beside])
        return [(socket.SOL_SOCKET, socket.SCM_RIGHTS, numbers)]

    def _leave(self) -> None:
        if self._is_watched:
            self._is_watched = False
            self._loop.remove_writer(self._sock)
