"""A file that a message tells of, and what of the message's text says no more than that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from backendd.api import sizes
from backendd.core import file_addresses
from backendd.core.file_metadata import Metadata

MOST_ADDRESSES = 10
"""Of one file."""

Disposition = Literal["", "inline", "attachment"]
"""How a file wants to be shown: within what is said, or as something to be asked for."""


@dataclass(frozen=True, slots=True)
class SharedFile(Metadata):
    """A file that a message tells of, and the addresses where it is, the best first."""

    addresses: tuple[str, ...] = ()
    disposition: Disposition = ""

    @property
    def url(self) -> str:
        """Where it is; empty where nobody has said that yet, or only where we can't go."""
        return self.addresses[0] if self.addresses else ""

    @property
    def is_encrypted(self) -> bool:
        """Whether only who has its address can read it."""
        return file_addresses.is_secret(self.url)


def line(file: SharedFile) -> str:
    """Return a line that tells of a file, for who reads no more than that."""
    size = "" if file.size is None else sizes.shown(file.size)
    return "file: " + ", ".join(filter(None, (file.name or "without a name", size, file.url)))


def short(file: SharedFile) -> str:
    """Return what a file is called, with its size: how it is told of without its address."""
    name = file.name or "file"
    return name if file.size is None else f"{name} ({sizes.shown(file.size)})"


def words(body: str, files: Iterable[SharedFile]) -> str:
    """Return what a text says beside the addresses of files, each of which is a line by itself."""
    known = {address for file in files for address in file.addresses}
    has_secret = any(map(file_addresses.is_secret, known))
    lines = body.split("\n")
    kept = [
        each
        for each in lines
        if not _is_one_of(known, each.strip()) and not (has_secret and is_preview(each))
    ]
    return body if len(kept) == len(lines) else "\n".join(kept).strip("\n")


def text_with(said: str, files: Iterable[SharedFile]) -> str:
    """Return the text of a message that says `said` and tells of files: their addresses below."""
    return "\n".join(filter(None, (said.rstrip(), *(file.url for file in files))))


def is_preview(written: str) -> bool:
    """Return whether a line is the picture in small that may stand below a secret address."""
    return written.startswith("data:image/")


def _is_one_of(known: set[str], written: str) -> bool:
    # What has nothing to encode is as it was read, and most lines are no address at all.
    if written in known or (written.isascii() and " " not in written):
        return written in known
    return "://" in written[:10] and file_addresses.read(written) in known
