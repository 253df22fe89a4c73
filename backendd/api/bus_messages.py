"""Messages to send over the bus: calls, what answers them, and signals.

Their bodies are plain values, encoded by `wire`.
"""

from collections.abc import Sequence

from backendd.api.descriptors import Descriptor, pack
from backendd.api.headers import FIELDS, message_bytes
from backendd.api.message import Message, MessageType
from backendd.api.signature import Plain
from backendd.api.wire import encode


class BusMessage(Message):
    """A message to send; `data` is its body, encoded, in which descriptors are numbers."""

    __slots__ = ("_data",)

    def __init__(
        self,
        kind: MessageType,
        data: bytearray,
        signature: str,
        descriptors: Sequence[Descriptor] = (),
        **header: Plain,
    ) -> None:
        super().__init__(kind, signature=signature, descriptors=descriptors, **header)
        self._data = data

    def encoded(self) -> bytearray:
        """Return the whole message, as it goes over the bus."""
        return message_bytes(
            self.message_type,
            self.flags,
            self.serial,
            {code: getattr(self, name) for code, name in FIELDS.items()},
            self._data,
            descriptors=len(self.descriptors),
        )


def method_call(
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    args: Sequence[Plain] = (),
    *,
    flags: int = 0,
) -> BusMessage:
    """Return the message that calls a method."""
    values, descriptors = pack(signature, args)
    return BusMessage(
        MessageType.METHOD_CALL,
        encode(signature, values),
        signature,
        descriptors,
        destination=destination,
        path=path,
        interface=interface,
        member=member,
        flags=flags,
    )


def method_return(call: Message, signature: str, values: Sequence[Plain]) -> BusMessage:
    """Return the message that answers `call` with values; raises TooLarge and TypeError."""
    values, descriptors = pack(signature, values)
    return BusMessage(
        MessageType.METHOD_RETURN,
        encode(signature, values),
        signature,
        descriptors,
        destination=call.sender,
        reply_serial=call.serial,
    )


def error_reply(call: Message, name: str, text: str) -> BusMessage:
    """Return the message that answers `call` with an error."""
    return BusMessage(
        MessageType.ERROR,
        encode("s", [text]),
        "s",
        destination=call.sender,
        reply_serial=call.serial,
        error_name=name,
    )


def signal(
    path: str, interface: str, member: str, signature: str = "", args: Sequence[Plain] = ()
) -> BusMessage:
    """Return the message that tells a signal to whoever listens."""
    return BusMessage(
        MessageType.SIGNAL,
        encode(signature, args),
        signature,
        path=path,
        interface=interface,
        member=member,
    )
