"""What readline's operations on words change of a line: each returns an Edit, None: nothing."""

from collections.abc import Callable

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.line import Line


class Edit(NamedTuple):
    """Which text stands between two indexes instead; the cursor goes behind it."""

    start: int
    end: int
    text: str = ""


def raised(line: Line) -> Edit | None:
    """Make capital letters of the word that the cursor is in or before, from there on."""
    return _recased(line, str.upper)


def lowered(line: Line) -> Edit | None:
    """Make small letters of them."""
    return _recased(line, str.lower)


def capitalized(line: Line) -> Edit | None:
    """Make a capital letter of the first one, and small ones of the others."""
    return _recased(line, _capitalize)


def swapped(line: Line) -> Edit | None:
    """Swap the word that the cursor is in or before, at the end the last one, with that before."""
    second = Line(line.text, line.word_right).word_left
    first = Line(line.text, second).word_left
    first_end, end = (Line(line.text, start).word_right for start in (first, second))
    if first_end > second:
        return None
    text = line.text
    return Edit(first, end, text[second:end] + text[first_end:second] + text[first:first_end])


def without_blanks(line: Line) -> Edit | None:
    """Delete the blanks and tabs around the cursor."""
    before, after = line.text[: line.cursor], line.text[line.cursor :]
    start = len(before.rstrip(" \t"))
    end = line.cursor + len(after) - len(after.lstrip(" \t"))
    return Edit(start, end) if end > start else None


def _recased(line: Line, change: Callable[[str], str]) -> Edit:
    end = line.word_right
    return Edit(line.cursor, end, change(line.text[line.cursor : end]))


def _capitalize(text: str) -> str:
    """Return it with its first letter as a title has it: `str.title` begins anew behind marks."""
    first = next((at for at, char in enumerate(text) if char.isalpha()), len(text))
    return text[:first] + text[first : first + 1].title() + text[first + 1 :].lower()
