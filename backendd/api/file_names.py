"""Names of files that fit where they go: as long as systems take, told apart by numbers."""

import re

MOST_BYTES = 200
"""Of one name; a system takes 255, and some of what it is put on fewer than that with marks."""

NAMELESS = "file"
"""What is called so whose name says nothing."""

_EXTENSION = re.compile(r"(?:\.tar)?\.[^.\s]{1,16}\Z", re.IGNORECASE)


def numbered(name: str, number: int) -> str:
    """Return `name` with a number before its extension, which tells it from others like it."""
    stem, extension = _split(name)
    end = f" ({number}){extension}"
    return fitted(stem, MOST_BYTES - len(end.encode())) + end


def fitted(name: str, most: int) -> str:
    """Return `name` in at most so many bytes of UTF-8, its extension kept, no letter torn."""
    if len(name.encode()) <= most:
        return name or NAMELESS
    stem, extension = _split(name)
    if len(extension.encode()) > most // 2:
        stem, extension = name, ""
    begun = _cut(stem, most - len(extension.encode())).rstrip(" .")
    return (begun or NAMELESS[:most]) + extension


def _split(name: str) -> tuple[str, str]:
    found = _EXTENSION.search(name, 1)
    return (name[: found.start()], found[0]) if found else (name, "")


def _cut(stem: str, most: int) -> str:
    from wcwidth import iter_graphemes  # late: most names are short

    kept, size = "", 0
    for grapheme in iter_graphemes(stem):
        size += len(grapheme.encode(errors="replace"))
        if size > most:
            break
        kept += grapheme
    return kept
