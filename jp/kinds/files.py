"""Files and directories of who types, which the backend sees by another working directory."""

import os

from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class File(Kind, str):
    """A file that is there, as an absolute path."""

    metavar = "FILE"
    doc = "a file"

    @classmethod
    def read(cls, text: str) -> "Self":
        path = _absolute(text)
        if not os.path.exists(path):
            raise ValueError("is not there")
        if os.path.isdir(path):
            raise ValueError("is a directory")
        return cls(path)


class Directory(Kind, str):
    """A directory that is there, as an absolute path."""

    metavar = "DIRECTORY"
    doc = "a directory"

    @classmethod
    def read(cls, text: str) -> "Self":
        path = _absolute(text)
        if not os.path.isdir(path):
            raise ValueError("is no directory")
        return cls(path)


class NewFile(Kind, str):
    """Where a file is to be written, as an absolute path."""

    metavar = "FILE"
    doc = "the file to write"

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


def _absolute(text: str) -> str:
    if not text or "\0" in text:
        raise ValueError("is no path")
    return os.path.abspath(os.path.expanduser(text))
