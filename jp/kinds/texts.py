"""Texts that are written: as an argument, in a file, or on standard input."""

import sys

from jp.failures import Failure
from jp.kinds.backend import Backend
from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Body(Kind, str):
    """A text: as it is, `-` for standard input, `@FILE` for what is in a file."""

    metavar = "TEXT"
    doc = "the text; - reads standard input, @FILE a file; @@ begins a text that begins with @"
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(text)

    @classmethod
    async def resolve(cls, value: str, backend: Backend) -> "Self":
        """Return the text; Failure where it can't be read."""
        if value == "-":
            return cls(_standard_input())
        if value.startswith("@@"):
            return cls(value[1:])
        if value.startswith("@"):
            return cls(_file(value[1:]))
        return cls(value)


def _standard_input() -> str:
    if sys.stdin is None:
        raise Failure("standard input is closed")
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise Failure(f"standard input can't be read: {error.strerror}") from None
    return _text(data, "standard input")


def _file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Failure(f"{path} can't be read: {reason}") from None
    return _text(data, path)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise Failure(f"{where} is no text in UTF-8") from None
