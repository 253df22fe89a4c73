"""A socket that leads to a bus, read and written while one waits (D-Bus specification).

Addresses of this machine alone: `unix:path` and `unix:abstract`.
"""

# Of `socket` what makes classes of numbers takes most of the time.
import _socket
import sys
from collections.abc import Sequence
from time import monotonic

from backendd.api.address import socket_name
from backendd.api.authentication import introduction
from backendd.api.bodies import decode
from backendd.api.errors import NotSupported, Timeout
from backendd.api.failures import BusLost, NoBus
from backendd.api.headers import FIELDS, FIXED
from backendd.api.signature import Plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from backendd.api.descriptors import Descriptor

Message = tuple[int, dict[str, Plain], list[Plain]]
"""Kind, header and body."""

OPEN_S = 10.0
_WRITE_S = 25.0
_PIECE = 256 * 1024
# Descriptors that come with one piece: more than any method of ours returns.
_MOST = 64


class BusSocket:
    """A connection to the first bus of an address that takes us; raises NoBus."""

    def __init__(self, address: str) -> None:
        self._data = bytearray()
        self._came: list[Descriptor] = []
        self._socket = _connect(address)

    def authenticate(self, first: bytearray) -> None:
        """Say who we are (EXTERNAL), ask for descriptors, and go on with the `first` message.

        All in one go; what is answered to that comes by `read`. Raises OSError, EOFError and
        NotSupported.
        """
        self._socket.settimeout(OPEN_S)
        self._socket.sendall(introduction() + first)
        said = bytearray()
        while said.count(b"\r\n") < 2:
            piece = self._socket.recv(_PIECE)
            if not piece:
                raise EOFError("it closed the connection")
            said += piece
            if b"\r\n" in said and not said.startswith(b"OK "):
                line = said.partition(b"\r\n")[0]
                raise NotSupported(f"it answered {line.decode(errors='replace')}")
        # What is behind the two lines is the beginning of messages.
        _, agreed, self._data = said.split(b"\r\n", 2)
        self._has_descriptors = agreed == b"AGREE_UNIX_FD"

    def write(self, data: bytearray, beside: "Sequence[Descriptor]" = ()) -> None:
        """Write a message, with descriptors; raises NotSupported, Timeout and BusLost."""
        if beside and not self._has_descriptors:
            raise NotSupported("this bus carries no file descriptors")
        self._socket.settimeout(_WRITE_S)
        try:
            sent = self._socket.sendmsg([data], _rights(beside)) if beside else 0
            self._socket.sendall(memoryview(data)[sent:])
        except TimeoutError:
            raise Timeout("the session bus takes nothing from us") from None
        except OSError as error:
            raise BusLost(f"the connection to the session bus is lost: {reason(error)}") from None

    def read(self, until: float | None) -> Message:
        """Return the next message; TimeoutError once the clock says `until`, BusLost."""
        self._fill(FIXED, until)
        order = "<" if self._data[0] == ord("l") else ">"
        size = _number(self._data[4:8], order)
        start = FIXED + _number(self._data[12:16], order)
        start += -start & 7
        self._fill(start + size, until)
        message = bytes(self._data[: start + size])
        del self._data[: start + size]
        (pairs,) = decode("a(yv)", message, order, 12)
        fields = {FIELDS[code]: value for code, value in pairs if code in FIELDS}
        return message[1], fields, decode(fields.get("signature", ""), message, order, start)

    def descriptors(self) -> "list[Descriptor]":
        """Return those that came with what was read last."""
        came, self._came = self._came, []
        return came

    def fileno(self) -> int:
        """Return the descriptor of the socket."""
        return self._socket.fileno()

    def close(self) -> None:
        """End the connection; what was written has reached the bus."""
        self._socket.close()

    def _fill(self, size: int, until: float | None) -> None:
        """Read until so many bytes are there."""
        while len(self._data) < size:
            left = None if until is None else until - monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            try:
                piece, beside, _, _ = self._socket.recvmsg(_PIECE, _socket.CMSG_SPACE(4 * _MOST))
            except TimeoutError:
                raise
            except OSError as error:
                raise BusLost(f"the session bus is lost: {reason(error)}") from None
            if not piece:
                raise BusLost("the connection to the session bus is lost")
            self._data += piece
            if beside:
                self._keep(beside)

    def _keep(self, beside: Sequence[tuple[int, int, bytes]]) -> None:
        from backendd.api.descriptors import Descriptor

        for level, kind, data in beside:
            if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
                numbers = (data[at : at + 4] for at in range(0, len(data) & ~3, 4))
                self._came += [Descriptor(int.from_bytes(n, sys.byteorder)) for n in numbers]


def reason(error: Exception) -> str:
    """Return why something failed, in words."""
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__


def _number(data: bytes | bytearray, order: str) -> int:
    return int.from_bytes(data, "little" if order == "<" else "big")


def _connect(address: str) -> _socket.socket:
    """Return a socket that is connected to the first address that takes us; NoBus."""
    refusal: Exception | None = None
    for each in filter(None, address.split(";")):
        made = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            made.settimeout(OPEN_S)
            made.connect(socket_name(each))
        except (OSError, ValueError) as error:
            made.close()
            refusal = error
        else:
            return made
    said = "no address" if refusal is None else reason(refusal)
    raise NoBus(f"the session bus at {address} can't be used: {said}")


def _rights(beside: "Sequence[Descriptor]") -> list[tuple[int, int, bytes]]:
    numbers = b"".join(each.fileno().to_bytes(4, sys.byteorder) for each in beside)
    return [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, numbers)]
