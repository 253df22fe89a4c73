"""What of a long text is shown where something was found in it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from backendd.core import words
from backendd.core.words import Term

LENGTH = 200
"""Code points of a snippet."""

BEFORE = 60
"""How many of them may stand before what was found."""

ELLIPSIS = "…"

_BLANK = re.compile(r"\s")

PART, PARTS = 2048, 3
"""Code points of a long message that are cut into words at a time, and how often that is done."""


def snippet(body: str, terms: Sequence[Term]) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of `body` around what was found, on one line, and where it stands in it.

    Places are pairs of start and length in code points of the snippet.
    """
    found = _find(body, tuple(terms))
    start = _start(body, found[0][0] if found else 0)
    end = min(len(body), start + LENGTH)
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(body) else ""
    ranges = [
        (first - start + len(before), min(last, end) - first)
        for first, last in found
        if start <= first < end
    ]
    return before + _BLANK.sub(" ", body[start:end]) + after, ranges


def _find(body: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Return where `terms` stand: at the beginning, or where they are spelt as they were typed.

    To cut all of a very long message into words takes too long where there are many of them.
    """
    if not terms:
        return []
    spelt, start = _spelt(terms), 0
    for _ in range(PARTS):
        end = start + PART
        if found := words.find(body[start:end], terms, within=LENGTH):
            return [(start + first, start + last) for first, last in found]
        seen = spelt.search(body, max(end - LENGTH, 0)) if end < len(body) else None
        if seen is None:
            break
        # From the beginning of its word on, and never back.
        start = max(body.rfind(" ", 0, seen.start()) + 1, seen.start() - LENGTH, start + 1)
    return []


@lru_cache(maxsize=8)
def _spelt(terms: tuple[Term, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_spelling, terms)), re.IGNORECASE)


def _spelling(term: Term) -> str:
    """Return a pattern of the first word of a term, as it is most often spelt."""
    first, is_open = term.words[0], term.is_prefix and len(term.words) == 1
    if not (first.isascii() and first.isalnum()):
        return re.escape(first)
    return f"(?<![a-z0-9]){first}" + ("" if is_open else "(?![a-z0-9])")


def _start(body: str, found: int) -> int:
    if found <= BEFORE or len(body) <= LENGTH:
        return 0
    start = found - BEFORE
    blank = body.find(" ", start, found)
    return blank + 1 if blank >= 0 else start
