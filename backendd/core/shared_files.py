"""A file that a message tells of, and what of the message's text says no more than that."""

from collections.abc import Iterable
from urllib.parse import unquote

from backendd.api import attachments, sizes
from backendd.api.words import Disposition
from backendd.core import file_addresses
from backendd.core.file_metadata import Metadata

MOST_ADDRESSES = 10
"""Of one file."""


class SharedFile(Metadata):
    """A file that a message tells of, and the addresses where it is, the best first.

    `id` is what the message calls it, for those who say later where it is. `is_direct`: it goes
    from program to program, and never has an address.
    """

    addresses: tuple[str, ...] = ()
    disposition: Disposition | None = None
    id: str = ""
    is_direct: bool = False

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


def words(body: str, files: Iterable[SharedFile]) -> str:
    """Return what a text says beside the addresses of files, each of which is a line by itself."""
    return attachments.without(body, addresses(files))


def text_with(said: str, files: Iterable[SharedFile]) -> str:
    """Return the text of a message that says `said` and tells of files: their addresses below."""
    return "\n".join(filter(None, (said.rstrip(), *(file.url for file in files))))


def reworded(said: str, before: str, files: Iterable[SharedFile]) -> str:
    """Return another text for a message that tells of files: their addresses stay in it.

    Those that were lines of the text `before` and are none of what is `said` now stand below.
    """
    known = addresses(files)
    stay = [before[start:end].strip() for start, end in attachments.spans(before, known)]
    here = {unquote(said[start:end].strip()) for start, end in attachments.spans(said, known)}
    lack = [each for each in stay if unquote(each) not in here]
    return "\n".join(filter(None, (said.rstrip(), *lack)))


def addresses(files: Iterable[SharedFile]) -> set[str]:
    """Return where any of the files are."""
    return {address for file in files for address in file.addresses}
