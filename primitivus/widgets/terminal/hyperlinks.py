"""Hyperlinks (OSC 8): the terminal opens what is drawn with one when it is clicked."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote
from zlib import crc32

from backendd.api.tuples import NamedTuple
from primitivus.widgets.terminal.questions import can_be_asked

CLOSE = "\x1b]8;;\x1b\\"
# Terminals take no longer ones.
LONGEST = 2083
# All that is printable in ASCII; whatever else there is gets encoded.
_KEPT = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}"


class Linked(NamedTuple):
    """The name of a style, and the address that what is drawn in it leads to."""

    style: str
    address: str


def has_them(term: str, environ: Mapping[str, str]) -> bool:
    """Return whether a terminal of this name (TERM) knows them, or swallows what it doesn't know.

    GNU screen hands none on.
    """
    return can_be_asked(term) and not environ.get("STY")


@lru_cache(maxsize=256)
def opening(address: str) -> str:
    """Return what begins a link to `address`, or nothing where terminals refuse it."""
    encoded = quote(address, safe=_KEPT, errors="replace")
    if not encoded or len(encoded) > LONGEST:
        return ""
    # By its id a link is one however many rows it takes, and wherever a part is drawn anew.
    return f"\x1b]8;id={crc32(encoded.encode()):x};{encoded}\x1b\\"
