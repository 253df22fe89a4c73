"""Bodies of messages: plain values as bytes, and back."""

from collections.abc import Sequence
from struct import error

from backendd.api.decoding import reader
from backendd.api.encoding import writer
from backendd.api.errors import TooLarge
from backendd.api.signature import Plain, split

LIMIT = 60 * 1024 * 1024
"""Bytes of a message body; D-Bus allows 64 MiB in an array and 128 MiB in all."""


def encode(signature: str, values: Sequence[Plain]) -> bytearray:
    """Return the body of a message.

    Raises TooLarge, and TypeError if a value is not of its type.
    """
    out = bytearray()
    try:
        for each, value in zip(split(signature), values, strict=True):
            writer(each)(out, value)
    except (AttributeError, ValueError, error) as wrong:
        raise TypeError(f"no {signature}: {wrong}") from wrong
    if len(out) > LIMIT:
        raise TooLarge(f"this takes {len(out) >> 20} MiB; {LIMIT >> 20} MiB is the most")
    return out


def decode(signature: str, data: bytes, order: str = "<", at: int = 0) -> list[Plain]:
    """Return the plain values of the body of a message, which begins at `at`."""
    values = []
    for each in split(signature):
        value, at = reader(each, order)(data, at)
        values.append(value)
    return values
