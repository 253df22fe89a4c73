"""The header of a message, and its bytes as a whole (D-Bus specification, "Message Format")."""

from collections.abc import Mapping
from struct import Struct

from backendd.api.bodies import encode
from backendd.api.signature import Plain
from backendd.api.variants import Variant

LITTLE = ord("l")
FIELDS = {
    1: "path",
    2: "interface",
    3: "member",
    4: "error_name",
    5: "reply_serial",
    6: "destination",
    7: "sender",
    8: "signature",
}
"""The header fields that a message on this bus may have."""

FIXED = 16
"""Bytes of the header before its fields, the length of these included."""

_DESCRIPTORS = 9
_START = Struct("<BBBBII")
_TYPES = ((1, "o"), (2, "s"), (3, "s"), (4, "s"), (5, "u"), (6, "s"), (8, "g"))


def message_bytes(
    kind: int,
    flags: int,
    serial: int,
    fields: Mapping[int, Plain],
    body: bytes | bytearray,
    *,
    descriptors: int = 0,
) -> bytearray:
    """Return a message; what is empty of its `fields` is left out."""
    given = [
        (code, Variant(signature, fields[code])) for code, signature in _TYPES if fields.get(code)
    ]
    if descriptors:
        given.append((_DESCRIPTORS, Variant("u", descriptors)))
    out = bytearray(_START.pack(LITTLE, kind, flags, 1, len(body), serial))
    # The array of fields begins at 12; four bytes less keep its alignment.
    out += encode("ua(yv)", [0, given])[4:]
    out += bytes(-len(out) & 7)
    out += body
    return out
