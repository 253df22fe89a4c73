"""A word of what was sent before, put behind what is typed."""

from collections.abc import Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.line import Line


class Argument(NamedTuple):
    """What was put there last: the line behind it, where it begins, how far back it was sent."""

    line: Line
    start: int
    back: int


def argument_of(entries: Sequence[str], back: int, nth: int | None) -> tuple[str, int]:
    """Return a word of the text sent `back` before the last one, and of which that was in the end.

    `nth` counts from 0, None is the last one; a text that has no such word is passed over.
    Where none is left it is no word, of `back` as it was.
    """
    for at in range(back, len(entries)):
        words = entries[-1 - at].split()
        if words and (nth is None or nth < len(words)):
            return words[-1 if nth is None else nth], at
    return "", back
