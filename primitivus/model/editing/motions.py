"""Where the motions of vi go, and which stretch of a text lies between there and the cursor."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from primitivus.model.editing.line import (
    Line,
    Stretch,
    boundary_after,
    boundary_before,
    is_word,
    snap,
)
from primitivus.model.editing.pairs import partner

Motion = Literal[
    "left",
    "right",
    "word",
    "word-back",
    "word-end",
    "word-rest",
    "WORD",
    "WORD-back",
    "WORD-end",
    "WORD-rest",
    "word-end-back",
    "WORD-end-back",
    "partner",
    "line-start",
    "line-text",
    "line-end",
    "line",
]
# What an operator takes: also a word around the cursor, alone or with the blanks beside it.
Taken = Literal[Motion, "inner-word", "a-word", "inner-WORD", "a-WORD"]
# Of what kind a character is: where that changes, a word ends.
_KindOf = Callable[[str], str]


def go(line: Line, motion: Motion, times: int = 1) -> int:
    """Return the index where the cursor is after a motion, as often as it is told.

    It stands on a character, and behind the last one only where a line is empty.
    """
    if motion == "line":
        return line.line_start
    index = _walk(line, motion, times)
    if motion in ("word-end", "WORD-end") and index > line.cursor:
        return boundary_before(line.text, index)
    return on_character(line.text, index)


def on_character(text: str, index: int) -> int:
    """Return `index`, or the last character of the line where it is behind that."""
    line = Line(text, index)
    is_behind = index == line.line_end and index > line.line_start
    return boundary_before(text, index) if is_behind else index


def stretch(line: Line, motion: Taken, times: int = 1) -> Stretch:
    """Return what an operator with this motion works on."""
    if motion == "line":
        return _lines(line, times)
    if motion in _AROUND:
        return _AROUND[motion](line, times)
    index = _walk(line, motion, times)
    if motion in _ONTO and index != line.cursor:
        # What the cursor is on, and what it goes to, are between as well.
        return Stretch(min(index, line.cursor), boundary_after(line.text, max(index, line.cursor)))
    if motion in ("word", "WORD") and line.cursor < line.line_end:
        # The last word of a line doesn't take the line end along.
        index = min(index, line.line_end)
    if motion == "right" and line.cursor == line.line_end:
        # Behind the last character is as good as on it.
        return Stretch(max(line.left, line.line_start), line.cursor)
    return Stretch(min(index, line.cursor), max(index, line.cursor))


def _walk(line: Line, motion: Taken, times: int) -> int:
    index = _STEPS[motion](line)
    again = _STEPS[_AGAIN.get(motion, motion)]
    times = 1 if motion == "partner" else times
    for _ in range(times - 1):
        index = again(Line(line.text, index))
    return snap(line.text, index)


def _lines(line: Line, times: int) -> Stretch:
    end = line.line_end
    for _ in range(times - 1):
        end = Line(line.text, min(end + 1, len(line.text))).line_end
    return Stretch(line.line_start, end, is_lines=True)


def _words(line: Line, times: int, *, kind_of: _KindOf, is_alone: bool) -> Stretch:
    """Return the word or the blanks at the cursor, of this line; with others where that is said.

    Alone, blanks count as words do; else blanks go with the word before them, those at the cursor
    with the word behind, and of a last word those in front.
    """
    text, first, last = line.text, line.line_start, line.line_end
    start = end = min(line.cursor, max(first, last - 1))
    kind = kind_of(text[start]) if start < last else ""
    while start > first and kind_of(text[start - 1]) == kind:
        start -= 1
    for _ in range(times):
        end = min(last, _run_end(text, end, kind_of))
        if not is_alone and (kind == "blank" or text[end : min(end + 1, last)].isspace()):
            end = min(last, _run_end(text, end, kind_of))
    if not is_alone and kind != "blank" and not text[start:end][-1:].isspace():
        while start > first and text[start - 1].isspace():
            start -= 1
    return Stretch(start, end)


def _run_end(text: str, index: int, kind_of: _KindOf) -> int:
    """Return where a run of characters of one kind ends."""
    end = index
    while end < len(text) and text[end] != "\n" and kind_of(text[end]) == kind_of(text[index]):
        end += 1
    return end


def _left(line: Line) -> int:
    return max(line.left, line.line_start)


def _right(line: Line) -> int:
    return min(line.right, line.line_end)


def _word(line: Line, kind_of: _KindOf) -> int:
    return _skip_blanks(line.text, _skip_kind(line.text, line.cursor, kind_of))


def _word_back(line: Line, kind_of: _KindOf) -> int:
    text, index = line.text, line.cursor
    while index and text[index - 1].isspace():
        index -= 1
    kind = kind_of(text[index - 1]) if index else ""
    while index and kind_of(text[index - 1]) == kind:
        index -= 1
    return index


def _word_end(line: Line, kind_of: _KindOf) -> int:
    return _word_rest(Line(line.text, boundary_after(line.text, line.cursor)), kind_of)


def _word_rest(line: Line, kind_of: _KindOf) -> int:
    return _skip_kind(line.text, _skip_blanks(line.text, line.cursor), kind_of)


def _word_end_back(line: Line, kind_of: _KindOf) -> int:
    text, index = line.text, line.cursor
    kind = kind_of(text[index : index + 1] or "\n")
    while index and kind != "blank" and kind_of(text[index - 1]) == kind:
        index -= 1
    while index and text[index - 1].isspace():
        index -= 1
    return boundary_before(text, index)


def _line_text(line: Line) -> int:
    text = line.text[line.line_start : line.line_end]
    return line.line_start + len(text) - len(text.lstrip())


def _skip_blanks(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _skip_kind(text: str, index: int, kind_of: _KindOf) -> int:
    if index >= len(text) or text[index].isspace():
        return index
    kind = kind_of(text[index])
    while index < len(text) and kind_of(text[index]) == kind:
        index += 1
    return index


def _small(char: str) -> str:
    """Return what kind of character it is where signs and letters are words of their own."""
    if char.isspace():
        return "blank"
    return "word" if is_word(char) else "sign"


def _big(char: str) -> str:
    """Return the same where only blanks part words."""
    return "blank" if char.isspace() else "word"


_AROUND: dict[str, Callable[[Line, int], Stretch]] = {
    "inner-word": partial(_words, kind_of=_small, is_alone=True),
    "a-word": partial(_words, kind_of=_small, is_alone=False),
    "inner-WORD": partial(_words, kind_of=_big, is_alone=True),
    "a-WORD": partial(_words, kind_of=_big, is_alone=False),
}
# What the second step is, where one already stands at what the first one goes to.
_AGAIN = {"word-end": "word-rest", "WORD-end": "WORD-rest"}
# Those that go to a character, and not before or behind it.
_ONTO = ("word-end-back", "WORD-end-back", "partner")
_STEPS: dict[str, Callable[[Line], int]] = {
    "left": _left,
    "right": _right,
    "word": partial(_word, kind_of=_small),
    "word-back": partial(_word_back, kind_of=_small),
    "word-end": partial(_word_end, kind_of=_small),
    "word-rest": partial(_word_rest, kind_of=_small),
    "WORD": partial(_word, kind_of=_big),
    "WORD-back": partial(_word_back, kind_of=_big),
    "WORD-end": partial(_word_end, kind_of=_big),
    "WORD-rest": partial(_word_rest, kind_of=_big),
    "word-end-back": partial(_word_end_back, kind_of=_small),
    "WORD-end-back": partial(_word_end_back, kind_of=_big),
    "partner": partner,
    "line-start": lambda line: line.line_start,
    "line-text": _line_text,
    "line-end": lambda line: line.line_end,
}
