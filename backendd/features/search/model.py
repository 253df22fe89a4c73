"""What of a message is shown where it was found."""

from collections.abc import Sequence

from backendd.core import words
from backendd.core.words import Term

LENGTH = 200
"""Code points of a snippet."""

BEFORE = 60
"""How many of them may stand before what was found."""

ELLIPSIS = "…"


def snippet(body: str, terms: Sequence[Term]) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of `body` around what was found, on one line, and where it stands in it.

    Places are pairs of start and length in code points of the snippet.
    """
    found = words.find(body, tuple(terms))
    start = _start(body, found[0][0] if found else 0)
    end = min(len(body), start + LENGTH)
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(body) else ""
    ranges = [
        (first - start + len(before), min(last, end) - first)
        for first, last in found
        if start <= first < end
    ]
    shown = "".join(" " if char.isspace() else char for char in body[start:end])
    return before + shown + after, ranges


def _start(body: str, found: int) -> int:
    if found <= BEFORE or len(body) <= LENGTH:
        return 0
    start = found - BEFORE
    blank = body.find(" ", start, found)
    return blank + 1 if blank >= 0 else start
