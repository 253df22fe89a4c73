"""Fuzzy matching for the switcher: how well a few typed letters fit a name."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeVar

Key = TypeVar("Key")


def score(pattern: str, text: str) -> int | None:
    """Return how well `pattern` fits, higher is better, or None if its letters are not in it.

    The letters have to come in order; runs of them, and those that begin a word, count more.
    """
    pattern, text = pattern.casefold(), text.casefold()
    total, place, run = 0, 0, 0
    for letter in pattern:
        if letter == " ":
            continue
        found = text.find(letter, place)
        if found < 0:
            return None
        run = run + 1 if found == place and place else 1
        begins_word = found == 0 or not text[found - 1].isalnum()
        total += 1 + 2 * (run - 1) + (8 if begins_word else 0) - (found - place)
        place = found + 1
    return total


def rank(pattern: str, names: Iterable[tuple[Key, str]]) -> list[Key]:
    """Return the keys of (key, text) pairs that fit, best first, ties in the order given."""
    scored = []
    for place, (key, text) in enumerate(names):
        points = score(pattern, text)
        if points is not None:
            scored.append((-points, place, key))
    return [key for _, _, key in sorted(scored, key=itemgetter(0, 1))]
