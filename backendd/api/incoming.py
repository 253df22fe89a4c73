"""One message on its way in: read as it comes, its body as plain values."""

import logging
from collections.abc import Callable
from struct import Struct
from typing import Protocol, cast

from dbus_next.constants import MessageFlag, MessageType
from dbus_next.message import Message

from backendd.api.descriptors import Descriptor
from backendd.api.headers import FIELDS, FIXED, LITTLE
from backendd.api.wire import decode

log = logging.getLogger(__name__)

_HEADER_LIMIT = 64 * 1024
_THROWN_AWAY = 64 * 1024


class ByteSource(Protocol):
    """What bytes come from: None while there are none, b"" at its end; and what comes with them."""

    def read(self, most: int, /) -> bytes | None: ...

    def descriptors(self) -> list[Descriptor]: ...


class Incoming:
    """What reads one message from a stream that has it piece by piece.

    Of one that is larger than `limit` says only the header is kept: it `is_refused`. Afterwards
    `message` is None where it can't be read. It refers to nothing that refers to it: the message
    goes as soon as nobody needs it.
    """

    def __init__(self, stream: ByteSource, limit: Callable[[], int]) -> None:
        self.message: Message | None = None
        self.is_refused = False
        self.size = 0
        self._stream = stream
        self._limit = limit
        self._data = bytearray()
        self._order = "<"
        self._start = 0  # where the body begins
        self._skipped = 0

    def unmarshall(self) -> bool:
        """Return whether the message is complete; raises EOFError."""
        if not self.size and not self._begin():
            return False
        is_complete = self._skip() if self.is_refused else self._fill(self.size)
        if is_complete:
            data, self._data = bytes(self._data), bytearray()
            self.message = self._read(data)
            # Taken even from what can't be read: they go with it.
            descriptors = self._stream.descriptors()
            if self.message is not None:
                self.message.unix_fds = [cast("int", each) for each in descriptors]
        return is_complete

    def _begin(self) -> bool:
        if not self._fill(FIXED):
            return False
        self._order = "<" if self._data[0] == LITTLE else ">"
        body_size, _, fields_size = Struct(self._order + "III").unpack_from(self._data, 4)
        self._start = FIXED + fields_size + (-fields_size & 7)
        self.size = self._start + body_size
        self.is_refused = self.size > self._limit()
        return True

    def _fill(self, size: int) -> bool:
        missing = size - len(self._data)
        if missing > 0:
            self._data += self._take(missing)
        return len(self._data) == size

    def _skip(self) -> bool:
        """Throw away what is left but a header of a usual size."""
        if self._start <= _HEADER_LIMIT and not self._fill(self._start):
            return False
        while (missing := self.size - len(self._data) - self._skipped) > 0:
            thrown_away = len(self._take(min(missing, _THROWN_AWAY)))
            if not thrown_away:
                return False
            self._skipped += thrown_away
        return True

    def _take(self, most: int) -> bytes:
        data = self._stream.read(most)
        if data == b"":
            raise EOFError("the bus closed the connection")
        return data or b""

    def _read(self, data: bytes) -> Message | None:
        if len(data) < self._start:
            return None
        try:
            return _message(data, self._start, self._order, has_body=not self.is_refused)
        except Exception as error:
            # Whoever sent it must not end our connection with it.
            log.warning("dropped a message that can't be read (%s)", type(error).__name__)
            return None


def _message(data: bytes, start: int, order: str, *, has_body: bool) -> Message:
    serial, (fields,) = (
        Struct(order + "I").unpack_from(data, 8)[0],
        decode("a(yv)", data, order, 12),
    )
    header = {FIELDS[code]: value for code, value in fields if code in FIELDS}
    signature = header.pop("signature", "")
    message = Message(
        message_type=MessageType(data[1]),
        flags=MessageFlag(data[2]),
        serial=serial,
        body=decode(signature, data, order, start) if has_body else [],
        **header,
    )
    message.signature = signature
    return message
