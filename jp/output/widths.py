"""How wide texts are in a terminal, and what of them fits."""

import shutil
from collections.abc import Iterator


def columns() -> int:
    """Return how many columns the terminal has."""
    return max(20, shutil.get_terminal_size().columns)


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    wide: int = wcswidth(text)
    return wide if wide >= 0 else len(text)


def fit(text: str, most: int) -> str:
    """Return a text with so many columns at most; what is left out shows as `…`."""
    if width(text) <= most:
        return text
    taken = ""
    for each in text:
        if width(taken + each) > most - 1:
            break
        taken += each
    return taken + "…"


def wrap(text: str, most: int) -> Iterator[str]:
    """Yield the lines of a text, none wider than `most` columns."""
    for line in text.split("\n"):
        yield from _wrapped(line.expandtabs(), most)


def _wrapped(line: str, most: int) -> Iterator[str]:
    taken, used = "", 0
    for word in _pieces(line):
        wide = width(word)
        if used and used + wide > most:
            yield taken.rstrip()
            taken, used = "", 0
            word = word.lstrip()
            wide = width(word)
        while wide > most:
            head = _head(word, most)
            yield head
            word = word[len(head) :]
            wide = width(word)
        taken, used = taken + word, used + wide
    yield taken.rstrip()


def _pieces(line: str) -> Iterator[str]:
    """Yield words, each with the blanks before it."""
    start = 0
    for place in range(1, len(line)):
        if line[place] == " " and line[place - 1] != " ":
            yield line[start:place]
            start = place
    yield line[start:]


def _head(word: str, most: int) -> str:
    taken = ""
    for each in word:
        if taken and width(taken + each) > most:
            break
        taken += each
    return taken
