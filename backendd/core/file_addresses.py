"""Where files are that messages tell of: addresses that can be asked for them, and no others."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from backendd.api import text

LONGEST = 4096
"""Characters of an address; one that is longer is none, for a part of it would lead elsewhere."""

SECRET = "aesgcm"
"""The scheme of those that bring the key along (XEP-0454)."""

_SCHEMES = ("https", "http", SECRET)
# A vector of 12 bytes, or 16 as it once was, and a key of 32.
_KEY = re.compile(r"(?:[0-9a-f]{24}|[0-9a-f]{32})[0-9a-f]{64}", re.IGNORECASE)
_BROKEN = re.compile(r"[\t\n]")
# What can't be seen, or parts words: an address written with it means it encoded.
_UNWRITTEN = frozenset({"Cf", "Zl", "Zp", "Zs"})


def read(written: str) -> str:
    """Return the address that is `written`, empty where it is none of a file.

    It is as it was, but for blanks in it, which are encoded: many programs leave that out.
    """
    written = written.strip()
    if len(written) > LONGEST or text.clean(written) != written or _BROKEN.search(written):
        return ""
    if written.partition("://")[0].lower() not in _SCHEMES:
        return ""
    is_plain = written.isascii() and " " not in written
    address = written if is_plain else "".join(map(_encoded, written))
    try:
        parts = urlsplit(address)
        is_place = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    scheme, place = parts.scheme, parts.netloc
    if not is_place or any(sign in place for sign in "@%\\"):
        return ""
    if scheme == SECRET and not _KEY.fullmatch(parts.fragment):
        return ""
    return address if len(address) <= LONGEST else ""


def is_secret(address: str) -> bool:
    """Return whether an address brings the key along, by which the file can be read."""
    return address[: len(SECRET) + 1].lower() == f"{SECRET}:"


def _encoded(char: str) -> str:
    if char.isascii() and char != " ":
        return char
    return quote(char) if unicodedata.category(char) in _UNWRITTEN else char
