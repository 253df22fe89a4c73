"""A message of D-Bus, as the specification's "Message Format" has it: its header and its body."""

from collections.abc import Sequence
from enum import IntEnum

from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain

NO_REPLY_EXPECTED, NO_AUTO_START = 1, 2
"""Flags of a call."""


class MessageType(IntEnum):
    """What a message is."""

    METHOD_CALL = 1
    METHOD_RETURN = 2
    ERROR = 3
    SIGNAL = 4


class Message:
    """What its header says, of which each type has its own part, and the values of its body.

    `descriptors` are those that go or came with it.
    """

    __slots__ = (
        "__weakref__", "body", "descriptors", "destination", "error_name", "flags", "interface",
        "member", "message_type", "path", "reply_serial", "sender", "serial", "signature",
    )  # fmt: skip

    def __init__(
        self,
        message_type: MessageType,
        *,
        flags: int = 0,
        serial: int = 0,
        path: str = "",
        interface: str = "",
        member: str = "",
        error_name: str = "",
        reply_serial: int = 0,
        destination: str = "",
        sender: str = "",
        signature: str = "",
        body: Sequence[Plain] = (),
        descriptors: Sequence[Descriptor] = (),
    ) -> None:
        self.message_type = message_type
        self.flags = flags
        self.serial = serial
        self.path = path
        self.interface = interface
        self.member = member
        self.error_name = error_name
        self.reply_serial = reply_serial
        self.destination = destination
        self.sender = sender
        self.signature = signature
        self.body = body
        self.descriptors = descriptors
