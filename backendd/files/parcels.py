"""What a web server gets of a file: the file by its name, or what only its address makes a file."""

import os
import re
from typing import Protocol

from backendd.files import encryption
from backendd.files.body import Source
from backendd.files.encryption import EncryptedSource

_NAME_BYTES = 12
# What tells programs how to show a file, and nobody what it is called.
_ENDING = re.compile(r"(?<=.)\.[a-z0-9]{1,10}\Z", re.ASCII | re.IGNORECASE)


class Parcel(Protocol):
    """A file as a server gets it; `mime` may be empty, `size` is that of the file itself."""

    name: str
    mime: str
    size: int

    @property
    def source(self) -> Source:
        """What is sent."""

    def check(self, url: str) -> None:
        """Return if it may be put to where it is to be had from `url`; NotSupported."""

    def address(self, url: str) -> str:
        """Return what to tell of it once it is to be had from `url`."""


class Open:
    """A file as it is."""

    def __init__(self, source: Source, name: str, mime: str) -> None:
        self.source = source
        self.size = source.size
        self.name = name
        self.mime = mime

    def check(self, url: str) -> None:
        """Return: anybody may have it."""

    def address(self, url: str) -> str:
        """Return where it is."""
        return url


class Sealed:
    """A file that only who has its address can read; of its name nothing is told but the ending."""

    def __init__(self, source: Source, name: str) -> None:
        """Raise TooLarge for what can't be encrypted at once."""
        ending = _ENDING.search(name)
        self.source = EncryptedSource(source)
        self.size = source.size
        self.name = os.urandom(_NAME_BYTES).hex() + (ending[0].lower() if ending else "")
        self.mime = ""

    def check(self, url: str) -> None:
        """Return if its address can have the key; NotSupported."""
        encryption.check(url)

    def address(self, url: str) -> str:
        """Return where it is, with the key to what was sent last; NotSupported."""
        return self.source.address(url)
