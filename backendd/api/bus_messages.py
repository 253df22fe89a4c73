"""Messages to send over the bus: calls, what answers them, and signals.

Their bodies are plain values, encoded by `wire`.
"""

from collections.abc import Sequence
from typing import cast

from dbus_next.constants import MessageFlag, MessageType
from dbus_next.message import Message

from backendd.api.descriptors import Descriptor, pack
from backendd.api.headers import FIELDS, message_bytes
from backendd.api.signature import Plain
from backendd.api.wire import encode


def beside(message: Message) -> list[Descriptor]:
    """Return the descriptors that go or came with a message; dbus-next calls them numbers."""
    return cast("list[Descriptor]", message.unix_fds)


class _Bytes(bytearray):
    """What is written, with the descriptors that have to stay open until it is."""

    descriptors: Sequence[Descriptor] = ()


class BusMessage(Message):
    """A message to send; `data` is its body, encoded, in which descriptors are numbers."""

    def __init__(
        self,
        kind: MessageType,
        data: bytearray,
        signature: str,
        descriptors: Sequence[Descriptor] = (),
        **header: Plain,
    ) -> None:
        super().__init__(
            message_type=kind, unix_fds=[cast("int", each) for each in descriptors], **header
        )
        # Not given to dbus-next, which would parse it only to check a body it doesn't have.
        self.signature = signature
        self._data = data

    def _marshall(self, negotiate_unix_fd: bool = False) -> bytearray:
        out = _Bytes(
            message_bytes(
                self.message_type.value,
                self.flags.value,
                self.serial,
                {code: getattr(self, name) for code, name in FIELDS.items()},
                self._data,
                descriptors=len(self.unix_fds),
            )
        )
        out.descriptors = beside(self)
        return out


def method_call(
    destination: str,
    path: str,
    interface: str | None,
    member: str,
    signature: str = "",
    args: Sequence[Plain] = (),
    *,
    flags: MessageFlag = MessageFlag.NONE,
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
