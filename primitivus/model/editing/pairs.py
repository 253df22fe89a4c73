"""What stands between brackets or quotes, and which bracket belongs to which, as vi has it."""

import re
from collections.abc import Iterable

from primitivus.model.editing.line import Line, Stretch

_PAIRS = ("()", "[]", "{}", "<>")
_QUOTES = "\"'`"
# What a pair is called by: each of its brackets, and the letters that vi has for two of them.
_BY_NAME = {name: pair for pair in _PAIRS for name in pair} | {"b": "()", "B": "{}"}
_MATCHED = "[][(){}]"


def is_pair(char: str) -> bool:
    """Return whether something stands between two of these, or between brackets called so."""
    return char in _QUOTES or char in _BY_NAME


def enclosed(line: Line, char: str, times: int = 1, *, is_whole: bool = False) -> Stretch | None:
    """Return what stands around the cursor between brackets or quotes; None where nothing does.

    Of brackets in each other the count says which, of quotes it is those of the line. Where the
    cursor is in none it is the first ones behind it there. `is_whole`: with them, and with the
    blanks beside quotes.
    """
    if char in _QUOTES:
        quotes = _quotes(line, char)
        return _of_quotes(line, *quotes, is_whole=is_whole) if quotes else None
    text, pair = line.text, _BY_NAME[char]
    brackets = _brackets(text, line.cursor, pair, times)
    if brackets is None and times == 1:
        behind = text.find(pair[0], line.cursor, line.line_end)
        brackets = _brackets(text, behind, pair, 1) if behind >= 0 else None
    return _of_brackets(text, *brackets, is_whole=is_whole) if brackets else None


def partner(line: Line) -> int:
    """Return where the bracket is that belongs to the next one of the line, else the cursor."""
    found = re.compile(_MATCHED).search(line.text, line.cursor, line.line_end)
    pair = found and _brackets(line.text, found.start(), _BY_NAME[found[0]], 1)
    if found is None or pair is None:
        return line.cursor
    start, end = pair
    return end if start == found.start() else start


def _brackets(text: str, cursor: int, pair: str, times: int) -> tuple[int, int] | None:
    """Return the indexes of those around the cursor, which may be on one of them."""
    opening, closing = pair[0], pair[1]
    either = re.compile(f"[{re.escape(pair)}]")
    here = cursor if text.startswith(closing, cursor) else cursor + 1
    before = [each.start() for each in either.finditer(text, 0, here)]
    start = _unmatched(text, reversed(before), opening, times)
    if start is None:
        return None
    behind = (each.start() for each in either.finditer(text, start + 1))
    end = _unmatched(text, behind, closing, 1)
    return None if end is None else (start, end)


def _unmatched(text: str, places: Iterable[int], bracket: str, times: int) -> int | None:
    """Return the place of this bracket, the nth of those that belong to none passed before."""
    for place in places:
        times += -1 if text[place] == bracket else 1
        if not times:
            return place
    return None


def _of_brackets(text: str, start: int, end: int, *, is_whole: bool) -> Stretch:
    """Return them or what is in them: whole lines where they stand in lines of their own."""
    if is_whole:
        return Stretch(start, end + 1)
    first, last = start + 1, text.rfind("\n", start + 1, end)
    begins = text.startswith("\n", first)
    ends = last >= 0 and not text[last:end].strip()
    first += begins
    last = max(first, last if ends else end)
    return Stretch(first, last, is_lines=begins and ends and first < end)


def _quotes(line: Line, quote: str) -> tuple[int, int] | None:
    """Return the indexes of the two around the cursor, else of the first two behind it."""
    found = re.compile(rf"\\.|{quote}").finditer(line.text, line.line_start, line.line_end)
    places = [each.start() for each in found if each[0] == quote]
    at = line.cursor
    if at in places:
        index = places.index(at) // 2 * 2
    else:
        index = max(0, sum(place < at for place in places) - 1)
    pair = places[index : index + 2]
    return (pair[0], pair[1]) if len(pair) > 1 else None


def _of_quotes(line: Line, start: int, end: int, *, is_whole: bool) -> Stretch:
    """Return what is in them, or with them the blanks behind, where there are none those before."""
    if not is_whole:
        return Stretch(start + 1, end)
    before = line.text[line.line_start : start]
    behind = line.text[end + 1 : line.line_end]
    blanks = len(behind) - len(behind.lstrip())
    if not blanks:
        start -= len(before) - len(before.rstrip())
    return Stretch(start, end + 1 + blanks)
