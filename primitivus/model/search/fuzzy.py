"""Fuzzy matching: how well a few typed letters fit a name, and which letters of it they are.

Best is the beginning of a word, the name's first before others; then letters that begin several
words (`jr`, `nexun`); then what stands inside a word; then letters that are scattered, the first of
which has to begin a word: the wider they are, the worse they fit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from string import punctuation, whitespace
from typing import TypeVar
from unicodedata import category, combining, normalize

from backendd.api.tuples import NamedTuple

Key = TypeVar("Key")

WHOLE, FIRST, WORD, INITIALS, INSIDE, SCATTERED = 0, 1, 2, 10, 20, 30
"""What the ways to fit cost; of those behind a number what is between makes it more."""

# So much more is the most that words which were left out, or the letters between, cost.
_MOST_MORE = 9
# Names come from outside: of longer ones the words are not put together from their beginnings.
_MOST_LETTERS = 200
_WORDS = re.compile(r"[^ ]+")
_BLANKS = {ord(each): " " for each in f"{punctuation}{whitespace}"}


class Fit(NamedTuple):
    """What fitting costs, the less the better, and the indices of the letters that were typed."""

    cost: int
    letters: Sequence[int]


def fold(text: str) -> str:
    """Return `text` as it is compared, letter for letter as long.

    It is without case and accents, and what stands between words are blanks.
    """
    known = text.lower() if text.isascii() else "".join(map(_folded, text))
    return known.translate(_BLANKS)


def words_of(typed: str) -> list[str]:
    """Return the words that are typed, folded; those of one may have blanks between: `next-un`."""
    return [word for each in typed.split() if (word := fold(each).strip())]


@lru_cache(maxsize=1024)
def _folded(letter: str) -> str:
    if category(letter)[0] in "PZ":
        return " "
    apart = normalize("NFD", letter)
    is_marked = len(apart) > 1 and all(map(combining, apart[1:]))
    return (apart if is_marked else letter).casefold()[:1]


def fit(word: str, text: str) -> Fit | None:
    """Return how a folded word fits a folded text; None if its letters are not in it."""
    at = text.find(word)
    if at == 0:
        return Fit(WHOLE if len(word) == len(text) else FIRST, range(len(word)))
    begins = at
    while begins > 0 and text[begins - 1] != " ":
        begins = text.find(word, begins + 1)
    if begins > 0:
        return Fit(WORD, range(begins, begins + len(word)))
    scattered = _scattered(word, text) if len(word) > 1 and has_in_order(word, text) else None
    if scattered is not None and (initials := _initials(word, text)) is not None:
        return initials
    if at > 0:
        return Fit(INSIDE, range(at, at + len(word)))
    return scattered


def cost(pattern: str, text: str) -> int | None:
    """Return what the words of a pattern cost in a text together; None if one is not in it."""
    folded, total = fold(text), 0
    for word in words_of(pattern):
        found = fit(word, folded)
        if found is None:
            return None
        total += found.cost
    return total


def rank(pattern: str, names: Iterable[tuple[Key, str]]) -> list[Key]:
    """Return the keys of (key, text) pairs that fit, best first, ties in the order given."""
    costs = ((cost(pattern, text), key) for key, text in names)
    found = [(each, key) for each, key in costs if each is not None]
    return [key for _, key in sorted(found, key=itemgetter(0))]


def _initials(word: str, text: str) -> Fit | None:
    """Return how a word is put together from what words of the text begin with."""
    # How many letters were found so far, with how many words left out, and which they are.
    reached: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for begun in _WORDS.finditer(text, 0, _MOST_LETTERS):
        start, end = begun.span()
        for done, (left_out, letters) in sorted(reached.items(), reverse=True):
            if done:
                reached[done] = left_out + 1, letters
            for more in range(1, _same(word, done, text[start:end]) + 1):
                taken = left_out, (*letters, *range(start, start + more))
                reached[done + more] = min(taken, reached.get(done + more, taken))
        if len(word) in reached:
            left_out, letters = reached[len(word)]
            return Fit(INITIALS + min(_MOST_MORE, left_out), letters)
    return None


def _same(word: str, start: int, other: str) -> int:
    """Return how many letters are the same, of a word from a place on and of another."""
    pairs = enumerate(zip(word[start:], other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(word) - start, len(other)))


def _scattered(word: str, text: str) -> Fit | None:
    """Return how the letters of a word stand in a text one after the other, those the nearest."""
    found = [letters for start in _begun(word[0], text) if (letters := _from(start, word, text))]
    if not found:
        return None
    nearest = min(found, key=lambda letters: letters[-1] - letters[0])
    between = nearest[-1] - nearest[0] + 1 - len(word)
    return Fit(SCATTERED + min(_MOST_MORE, between), nearest)


def has_in_order(word: str, text: str) -> bool:
    """Return whether the letters of a word come one after the other."""
    at = -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _begun(letter: str, text: str) -> Iterator[int]:
    """Yield where this letter begins a word."""
    at = text.find(letter, 0, _MOST_LETTERS)
    while at >= 0:
        if at == 0 or text[at - 1] == " ":
            yield at
        at = text.find(letter, at + 1, _MOST_LETTERS)


def _from(start: int, word: str, text: str) -> list[int]:
    """Return where the letters of a word follow each other from a place on; empty: they don't."""
    letters = [start]
    for letter in word[1:]:
        at = text.find(letter, letters[-1] + 1)
        if at < 0:
            return []
        letters.append(at)
    return letters
