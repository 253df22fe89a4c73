"""The connection to a bus: dbus-next's, cured of what would end it or hang.

The cures reach into private parts of dbus-next 0.2.3, so its version is pinned and each has a
test: a full socket counted as a failure, and costs the descriptors of a message; an end of file
while authenticating loops for ever; a bus without descriptors counts as one that refuses us; the
socket is never closed; what reads a message is part of a cycle that keeps all of it; bodies are
slow to encode and decode (`wire` does that here, so that bodies of messages are plain values in,
and bytes out).
"""

import asyncio
import socket
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Self, cast

from dbus_next.aio.message_bus import MessageBus
from dbus_next.auth import AuthExternal
from dbus_next.constants import MessageFlag, MessageType

from backendd.api.bus_messages import BusMessage, error_reply
from backendd.api.byte_stream import ByteStream
from backendd.api.errors import NotSupported, TooLarge, bus_name
from backendd.api.incoming import Incoming
from backendd.api.wire import LIMIT

# After so many bytes of messages the rest of the loop has as many turns: what somebody types is
# read in the first, taken in the next one, and what it asks for done in the last.
_LONG = 16_384
_TURNS = 3
_HEADERS = 64 * 1024


_Beside = Sequence[tuple[int, int, "array[int]"]]


class _PatientSocket:
    """A socket that takes nothing, instead of failing, while it is full."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._beside: _Beside = ()

    def sendmsg(self, data: Sequence[memoryview], beside: _Beside) -> int:
        # dbus-next gives descriptors once, even where nothing of the message was taken.
        self._beside = beside
        return self.send(*data)

    def send(self, data: memoryview) -> int:
        try:
            sent = self._sock.sendmsg([data], self._beside)
        except BlockingIOError:
            return 0  # dbus-next's writer then waits until the socket takes more
        self._beside = ()
        return sent


class _Authentication(AuthExternal):
    """Says who we are, and asks for descriptors; a bus that has none of them is as good."""

    agreed = False

    def _receive_line(self, line: str) -> str:
        if self.negotiating_fds:
            self.agreed = line.startswith("AGREE_UNIX_FD")
            return "BEGIN"
        return cast("str", super()._receive_line(line))


class Connection(MessageBus):
    """A connection to one bus; `lost` is called once when it has ended."""

    def __init__(self, address: str, lost: Callable[[], None]) -> None:
        self._authentication = _Authentication()
        super().__init__(bus_address=address, auth=self._authentication, negotiate_unix_fd=True)
        self._writer.sock = _PatientSocket(self._sock)
        self._lost = lost
        self._reading_on: asyncio.Handle | None = None
        self.largest = LIMIT + _HEADERS
        """Bytes of a message; what is larger is refused and never as a whole in the memory."""

    @property
    def backlog(self) -> int:
        """How many messages wait for the socket."""
        return self._writer.messages.qsize()

    async def connect(self) -> Self:
        """Authenticate and get our unique name; raises AuthError, OSError or EOFError."""
        await super().connect()
        # dbus-next takes the text of an error for a name.
        if not (self.unique_name or "").startswith(":"):
            raise EOFError("the bus refused us")
        return self

    def post(self, message: BusMessage) -> int:
        """Queue `message`, and return its serial; NotSupported for what this bus doesn't carry."""
        if message.unix_fds and not self._authentication.agreed:
            raise NotSupported("this bus carries no file descriptors")
        message.serial = self.next_serial()
        # Not `send`, whose future nobody would look at.
        self._writer.schedule_write(message)
        return message.serial

    def flush(self) -> None:
        """Give the socket what waits for it, as far as it takes that; `lost` may be called."""
        if self.unique_name and not self._disconnected:
            self._writer.write_callback()

    def abandon(self) -> None:
        """Close the socket, whatever state the connection is in."""
        self._finalize(None)

    def _setup_socket(self) -> None:
        try:
            super()._setup_socket()
        except BaseException:
            self._close_socket()
            raise
        # Here, since dbus-next makes what reads from it before it returns to us.
        self._bytes = ByteStream(self._sock)

    def _message_reader(self) -> None:
        # dbus-next would read on as long as something is there, and keys wait for a whole burst.
        if self._reading_on is None:
            self._give_way(0)

    def _give_way(self, turns: int) -> None:
        """Read on after so many turns of the loop, and behind all else that is ready in this one.

        Not left to the selector: what comes next may be in our buffer already. A timer, since the
        loop looks at them last.
        """
        then = partial(self._give_way, turns - 1) if turns else self._read_on
        self._reading_on = self._loop.call_later(0, then)

    def _read_on(self) -> None:
        self._reading_on = None
        taken = 0
        try:
            while not self._disconnected and self._unmarshaller.unmarshall():
                done, self._unmarshaller = self._unmarshaller, self._create_unmarshaller()
                if done.is_refused:
                    self._refuse(done)
                elif done.message is not None:
                    self._on_message(done.message)
                taken += done.size
                if taken >= _LONG:
                    self._give_way(_TURNS - 1)
                    return
        except Exception as error:
            self._finalize(error)

    def _create_unmarshaller(self) -> Incoming:
        return Incoming(self._bytes, lambda: self.largest)

    def _refuse(self, refused: Incoming) -> None:
        call = refused.message
        if call is None or call.message_type is not MessageType.METHOD_CALL:
            return
        if not call.flags & MessageFlag.NO_REPLY_EXPECTED:
            said = f"this is {refused.size >> 20} MiB; {self.largest >> 20} MiB is the most"
            self.post(error_reply(call, bus_name(TooLarge()), said))

    async def _auth_readline(self) -> str:
        line = b""
        while not line.endswith(b"\r\n"):
            data = await self._loop.sock_recv(self._sock, 1)
            if not data:
                raise EOFError("the bus closed the connection")
            line += data
        return line[:-2].decode()

    def _finalize(self, err: Exception | None = None) -> None:
        if self._disconnected:
            return
        super()._finalize(err)
        if not self._disconnect_future.cancelled():
            self._disconnect_future.exception()  # looked at: asyncio needn't report it
        self._close_socket()
        self._lost()

    def _close_socket(self) -> None:
        if not hasattr(self, "_sock"):
            return
        with suppress(OSError):
            self._stream.close()
        self._sock.close()
