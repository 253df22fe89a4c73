"""Files and directories of who types, which the backend sees by another working directory."""

import os

from backendd.api.regular import other
from jp.failures import Failure
from jp.kinds.kind import Kind, quoted, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class OpenedFile(Kind, str):
    """A regular file that is there, as an absolute path, which may be no text: jp opens it."""

    metavar = "FILE"
    doc = "a file"
    is_path = True

    @classmethod
    def read(cls, text: str) -> "Self":
        path = _absolute(text)
        try:
            status = os.stat(path)
        except OSError as error:
            is_missing = isinstance(error, FileNotFoundError)
            raise ValueError(
                "is not there" if is_missing else f"is not to be had: {error.strerror}"
            ) from None
        if what := other(status):
            raise ValueError(f"is {what}, and no file")
        return cls(path)


class File(OpenedFile):
    """A regular file that is there, as an absolute path, which the backend is told."""

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(_told(super().read(text)))


class Directory(Kind, str):
    """A directory that is there, as an absolute path, which the backend is told."""

    metavar = "DIRECTORY"
    doc = "a directory"
    is_path = True

    @classmethod
    def read(cls, text: str) -> "Self":
        path = _absolute(text)
        if not os.path.isdir(path):
            raise ValueError("is no directory")
        return cls(_told(path))


class NewFile(Kind, str):
    """Where a file is to be written, as an absolute path, which may be no text."""

    metavar = "FILE"
    doc = "the file to write"
    is_path = True

    @classmethod
    def read(cls, text: str) -> "Self":
        path = _absolute(text)
        if os.path.isdir(path):
            raise ValueError("is a directory")
        return cls(path)


class Target(NewFile):
    """Where a file is to be written, or `-` for standard output."""

    doc = "the file to write; - is standard output"

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(text) if text == "-" else super().read(text)


def can_be_told(path: str) -> bool:
    """Return whether a path is a text, by which the backend finds what is there."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _absolute(text: str) -> str:
    """Return a path from the root; ValueError for none, Failure where nobody can tell it."""
    if not text or "\0" in text:
        raise ValueError("is no path")
    try:
        return os.path.abspath(os.path.expanduser(text))
    except FileNotFoundError:
        raise Failure(f"{quoted(text)} is nowhere: the working directory was removed") from None


def _told(path: str) -> str:
    try:
        return text_of(path)
    except ValueError:
        raise ValueError("has a path that is no text in UTF-8, as the backend takes it") from None
