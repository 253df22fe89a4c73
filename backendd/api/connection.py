"""The connection to a bus: from the address to messages that come and go.

It says who we are and asks for descriptors (the specification's "Authentication Protocol"), and
reads no more at a time than leaves others their turn.
"""

import asyncio
import socket
from collections.abc import Callable
from functools import partial

from backendd.api.address import socket_name
from backendd.api.authentication import introduction
from backendd.api.bus_messages import BusMessage, error_reply
from backendd.api.byte_stream import ByteStream
from backendd.api.errors import NotSupported, TooLarge, bus_name
from backendd.api.incoming import Incoming
from backendd.api.message import NO_REPLY_EXPECTED, Message, MessageType
from backendd.api.outgoing import Outgoing
from backendd.api.wire import LIMIT

# After so many bytes of messages the rest of the loop has as many turns: what somebody types is
# read in the first, taken in the next one, and what it asks for done in the last.
_LONG = 16_384
_TURNS = 3
_HEADERS = 64 * 1024
# A line of the authentication is far shorter.
_LINE = 4096


class Refused(Exception):
    """The bus says no to who we are."""


class Connection:
    """A connection to one bus, in the running loop.

    `received` is called with each message, `lost` once when the connection has ended.
    """

    def __init__(
        self, address: str, received: Callable[[Message], None], lost: Callable[[], None]
    ) -> None:
        """Connect to the bus at `address`; raises OSError and ValueError."""
        self.largest = LIMIT + _HEADERS
        """Bytes of a message; what is larger is refused and never as a whole in the memory."""
        self._received = received
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._sock = _connected(socket_name(address))
        self._bytes = ByteStream(self._sock)
        self._incoming = self._next()
        self._outgoing = Outgoing(self._sock, self._end)
        self._reading_on: asyncio.Handle | None = None
        self._carries_descriptors = False
        self._serial = 0
        self._is_open = True

    @property
    def backlog(self) -> int:
        """How many messages wait for the socket."""
        return len(self._outgoing)

    async def begin(self) -> None:
        """Say who we are, and take messages from then on; raises Refused, OSError and EOFError."""
        await self._loop.sock_sendall(self._sock, introduction())
        said, agreed = await self._answers()
        if not said.startswith("OK"):
            raise Refused(f"it says {said}")
        # A bus without descriptors is as good.
        self._carries_descriptors = agreed.startswith("AGREE_UNIX_FD")
        self._loop.add_reader(self._sock, self._read)

    def post(self, message: BusMessage) -> int:
        """Queue `message`, and return its serial; NotSupported for what this bus doesn't carry."""
        if message.descriptors and not self._carries_descriptors:
            raise NotSupported("this bus carries no file descriptors")
        self._serial += 1
        message.serial = self._serial
        self._outgoing.put(message.encoded(), message.descriptors)
        return message.serial

    def flush(self) -> None:
        """Give the socket what waits for it, as far as it takes that; `lost` may be called."""
        self._outgoing.flush()

    def abandon(self) -> None:
        """Close the socket, whatever state the connection is in."""
        self._end()

    async def _answers(self) -> list[str]:
        """Return both lines of the authentication, of which the first may be the last."""
        data = b""
        while data.count(b"\r\n") < 2:
            if data.endswith(b"\r\n") and not data.startswith(b"OK"):
                break
            # Nothing else comes before we have asked for more.
            more = await self._loop.sock_recv(self._sock, _LINE)
            if not more:
                raise EOFError("the bus closed the connection")
            data += more
        first, second, *_ = data.decode(errors="replace").split("\r\n")
        return [first, second]

    def _read(self) -> None:
        # Not as long as something is there: keys would wait for a whole burst.
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
            while self._is_open and self._incoming.unmarshall():
                done, self._incoming = self._incoming, self._next()
                if done.is_refused:
                    self._refuse(done)
                elif done.message is not None:
                    self._received(done.message)
                taken += done.size
                if taken >= _LONG:
                    self._give_way(_TURNS - 1)
                    return
        except Exception:  # whatever it is, nothing that comes behind it can be read
            self._end()

    def _next(self) -> Incoming:
        return Incoming(self._bytes, lambda: self.largest)

    def _refuse(self, refused: Incoming) -> None:
        call = refused.message
        if call is None or call.message_type is not MessageType.METHOD_CALL:
            return
        if not call.flags & NO_REPLY_EXPECTED:
            said = f"this is {refused.size >> 20} MiB; {self.largest >> 20} MiB is the most"
            self.post(error_reply(call, bus_name(TooLarge()), said))

    def _end(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._outgoing.stop()
        self._loop.remove_reader(self._sock)
        self._sock.close()
        self._lost()


def _connected(name: bytes) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.connect(name)
        sock.setblocking(False)
    except BaseException:
        sock.close()
        raise
    return sock
