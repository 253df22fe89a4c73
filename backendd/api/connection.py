"""The connection to a bus: dbus-next's, cured of what would end it or hang.

The cures reach into private parts of dbus-next 0.2.3, so its version is pinned and each has a
test: a full socket counted as a failure; an end of file while authenticating loops for ever; the
socket is never closed; bodies are slow to encode and decode (`wire` does that here, so that
bodies of messages are plain values in, and bytes out).
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from struct import Struct
from typing import Self

from dbus_next._private.unmarshaller import Unmarshaller
from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageFlag, MessageType
from dbus_next.message import Message

from backendd.api.signature import Plain
from backendd.api.wire import Variant, decode, encode

_LITTLE = ord("l")
_FIXED = Struct("<BBBBII")
# After a message of so many bytes the rest of the loop has its turn.
_LONG = 16_384
# The header fields of the D-Bus specification that a message on this bus may have.
_FIELDS = {
    1: "path",
    2: "interface",
    3: "member",
    4: "error_name",
    5: "reply_serial",
    6: "destination",
    7: "sender",
    8: "signature",
}
_TYPES = ((1, "o"), (2, "s"), (3, "s"), (4, "s"), (5, "u"), (6, "s"), (8, "g"))


class Outgoing(Message):
    """A message to send; `data` is its body, encoded."""

    def __init__(self, kind: MessageType, data: bytearray, signature: str, **header: Plain) -> None:
        super().__init__(message_type=kind, **header)
        # Not given to dbus-next, which would parse it only to check a body it doesn't have.
        self.signature = signature
        self._data = data

    def _marshall(self, negotiate_unix_fd: bool = False) -> bytearray:
        fields = []
        for code, signature in _TYPES:
            value = getattr(self, _FIELDS[code])
            if value:
                fields.append((code, Variant(signature, value)))
        start = _FIXED.pack(
            _LITTLE, self.message_type.value, self.flags.value, 1, len(self._data), self.serial
        )
        # The array of fields begins at 12; four bytes less keep its alignment.
        out = bytearray(start) + encode("ua(yv)", [0, fields])[4:]
        out += bytes(-len(out) & 7)
        out += self._data
        return out


class Incoming(Unmarshaller):
    """What reads one message from the socket, its body as plain values."""

    def _unmarshall(self) -> None:
        self.offset = 0
        self.read(16, prefetch=True)
        order = "<" if self.buf[0] == _LITTLE else ">"
        body_size, _serial, fields_size = Struct(order + "III").unpack_from(self.buf, 4)
        start = 16 + fields_size + (-fields_size & 7)
        self.read(start + body_size, prefetch=True)
        self.message = _message(bytes(self.buf), start, order)


def _message(data: bytes, start: int, order: str) -> Message:
    serial, (fields,) = (
        Struct(order + "I").unpack_from(data, 8)[0],
        decode("a(yv)", data, order, 12),
    )
    header = {_FIELDS[code]: value for code, value in fields if code in _FIELDS}
    signature = header.pop("signature", "")
    message = Message(
        message_type=MessageType(data[1]),
        flags=MessageFlag(data[2]),
        serial=serial,
        body=decode(signature, data, order, start),
        **header,
    )
    message.signature = signature
    return message


class _PatientSocket:
    """A socket whose `send` takes nothing, instead of failing, while it is full."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def send(self, data: memoryview) -> int:
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0  # dbus-next's writer then waits until the socket takes more


class Connection(MessageBus):
    """A connection to one bus; `lost` is called once when it has ended."""

    def __init__(self, address: str, lost: Callable[[], None]) -> None:
        super().__init__(bus_address=address)
        self._writer.sock = _PatientSocket(self._sock)
        self._lost = lost
        self._reading_on: asyncio.Handle | None = None

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

    def post(self, message: Outgoing) -> int:
        """Queue `message`, and return its serial."""
        message.serial = self.next_serial()
        # Not `send`, whose future nobody would look at.
        self._writer.schedule_write(message)
        return message.serial

    def abandon(self) -> None:
        """Close the socket, whatever state the connection is in."""
        self._finalize(None)

    def _setup_socket(self) -> None:
        try:
            super()._setup_socket()
        except BaseException:
            self._close_socket()
            raise

    def _message_reader(self) -> None:
        # dbus-next would read on as long as something is there, and keys wait for a whole burst.
        if self._reading_on is None:
            self._read_on()

    def _read_on(self) -> None:
        self._reading_on = None
        try:
            while not self._disconnected and self._unmarshaller.unmarshall():
                length = len(self._unmarshaller.buf)
                self._on_message(self._unmarshaller.message)
                self._unmarshaller = self._create_unmarshaller()
                if length >= _LONG:
                    # Not left to the selector: what comes next may be in our buffer already.
                    self._reading_on = self._loop.call_soon(self._read_on)
                    return
        except Exception as error:
            self._finalize(error)

    def _create_unmarshaller(self) -> Incoming:
        return Incoming(self._stream)

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
