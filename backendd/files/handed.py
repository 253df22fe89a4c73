"""Files that a caller gives open, with what to call them."""

from collections.abc import Sequence

from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.api.folders import MOST
from backendd.api.tuples import NamedTuple


class Handed(NamedTuple):
    """A file that a caller has opened, and what to call it."""

    name: str
    handle: Descriptor


def named(names: Sequence[str], handles: Sequence[Descriptor]) -> list[Handed]:
    """Return handles with the names of their files.

    InvalidArgument where those are not as many, TooLarge where they are too many to send at once.
    """
    if len(names) != len(handles):
        raise InvalidArgument("there have to be as many names as files")
    if len(handles) > MOST:
        raise TooLarge(f"at most {MOST} files are sent at once")
    return list(map(Handed, names, handles))
