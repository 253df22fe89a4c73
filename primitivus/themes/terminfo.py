"""How many colours a terminal has by its description (term(5)), read without loading curses."""

import os
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

# Of terminfo's numbers, that of colours (`max_colors`).
_COLOURS = 13
# What a description has beside the standard ones where colours are given directly.
_DIRECT = {b"RGB", b"Tc"}
_TRUE = 1 << 24
_HEADER = struct.Struct("<6h")
# How many bytes a number has, by the magic number of the file.
_WIDTHS = {0o432: 2, 0o1036: 4}
_FOLDERS = ("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo")


def colours(term: str, environ: Mapping[str, str]) -> int:
    """Return how many colours the terminal called `term` has; 0 where nothing is said of it."""
    if not term or "/" in term or term.startswith("."):
        return 0
    for folder in _folders(environ):
        for letter in (term[0], f"{ord(term[0]):x}"):
            try:
                return _read((Path(folder) / letter / term).read_bytes())
            except (OSError, ValueError, struct.error):
                continue
    return 0


def _folders(environ: Mapping[str, str]) -> Iterator[str]:
    if own := environ.get("TERMINFO"):
        yield own
    if home := environ.get("HOME"):
        yield os.path.join(home, ".terminfo")
    yield from filter(None, environ.get("TERMINFO_DIRS", "").split(":"))
    yield from _FOLDERS


def _read(data: bytes) -> int:
    magic, names, booleans, numbers, strings, table = _HEADER.unpack_from(data)
    width = _WIDTHS.get(magic, 0)
    if not width or min(names, booleans, numbers, strings, table) < 0:
        raise ValueError("this is no description of a terminal")
    start = _even(_HEADER.size + names + booleans)
    extended = data[_even(start + numbers * width + strings * 2 + table) :]
    if _DIRECT & set(extended.split(b"\0")):
        return _TRUE
    if numbers <= _COLOURS:
        return 0
    place = start + _COLOURS * width
    if len(data) < place + width:
        raise ValueError("its description ends early")
    return max(0, int.from_bytes(data[place : place + width], "little", signed=True))


def _even(offset: int) -> int:
    return offset + offset % 2
