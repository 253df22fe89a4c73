"""Texts that are written: as an argument, in a file, or on standard input."""

import sys

from jp.failures import Failure
from jp.kinds.backend import Backend
from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


# Bytes: far more than a text of the backend's may have, and few enough to hold.
_MOST = 8 << 20


class Body(Kind, str):
    """A text: as it is, or `-` for what is on standard input, or in the file of `--input`.

    Nothing else of a text has a meaning: it may be of somebody else, in a variable of a script.
    """

    metavar = "TEXT"
    doc = "the text; - reads it from standard input, or from the file of --input"
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(text)

    @classmethod
    async def resolve(cls, value: str, backend: Backend) -> "Self":
        """Return the text; Failure where it can't be read."""
        if value != "-":
            return cls(value)
        return cls(_file(backend.input) if backend.input else _standard_input())


class Token(Kind, str):
    """A text by which what was asked for is known again, so that it is done once."""

    doc = "any text: the same one again does nothing more"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:  # a variable of a script that was never set
            raise ValueError("is empty, and would let the same be done again")
        return cls(text)


def _standard_input() -> str:
    if sys.stdin is None:
        raise Failure("standard input is closed")
    try:
        data = sys.stdin.buffer.read(_MOST + 1)
    except OSError as error:
        raise Failure(f"standard input can't be read: {error.strerror}") from None
    return _text(data, "standard input")


def _file(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Failure(f"{path} can't be read: {reason}") from None
    return _text(data, path)


def _text(data: bytes, where: str) -> str:
    if len(data) > _MOST:
        raise Failure(f"{where} has more than {_MOST >> 20} MiB, and no text is so long")
    if b"\0" in data:
        raise Failure(f"{where} is no text: there is a NUL in it")
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise Failure(f"{where} is no text in UTF-8") from None
