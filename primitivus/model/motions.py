"""Where the motions of vi go, and which stretch of a text lies between there and the cursor."""

from collections.abc import Callable
from typing import Literal

from backendd.api.values import Value
from primitivus.model.line import Line, boundary_after, boundary_before, is_word, snap

Motion = Literal[
    "left",
    "right",
    "word",
    "word-back",
    "word-end",
    "word-rest",
    "line-start",
    "line-text",
    "line-end",
    "line",
]
# What an operator takes: also a word around the cursor, alone or with the blanks beside it.
Taken = Literal[Motion, "inner-word", "a-word"]


class Stretch(Value):
    """Part of a text; `is_lines`: whole lines, whose last line end may lie outside."""

    start: int
    end: int
    is_lines: bool = False


def go(line: Line, motion: Motion, times: int = 1) -> int:
    """Return the index where the cursor is after a motion, as often as it is told.

    It stands on a character, and behind the last one only where a line is empty.
    """
    if motion == "line":
        return line.line_start
    index = _walk(line, motion, times)
    if motion == "word-end" and index > line.cursor:
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
    if motion == "inner-word":
        return _words(line, times, is_alone=True)
    if motion == "a-word":
        return _words(line, times, is_alone=False)
    index = _walk(line, motion, times)
    if motion == "word" and line.cursor < line.line_end:
        # The last word of a line doesn't take the line end along.
        index = min(index, line.line_end)
    if motion == "right" and line.cursor == line.line_end:
        # Behind the last character is as good as on it.
        return Stretch(max(line.left, line.line_start), line.cursor)
    return Stretch(min(index, line.cursor), max(index, line.cursor))


def _walk(line: Line, motion: Motion, times: int) -> int:
    index = _STEPS[motion](line)
    again = _word_rest if motion == "word-end" else _STEPS[motion]
    for _ in range(times - 1):
        index = again(Line(line.text, index))
    return snap(line.text, index)


def _lines(line: Line, times: int) -> Stretch:
    end = line.line_end
    for _ in range(times - 1):
        end = Line(line.text, min(end + 1, len(line.text))).line_end
    return Stretch(line.line_start, end, is_lines=True)


def _words(line: Line, times: int, *, is_alone: bool) -> Stretch:
    """Return the word or the blanks at the cursor, of this line; with others where that is said.

    Alone, blanks count as words do; else blanks go with the word before them, those at the cursor
    with the word behind, and of a last word those in front.
    """
    text, first, last = line.text, line.line_start, line.line_end
    start = end = min(line.cursor, max(first, last - 1))
    kind = _class(text[start]) if start < last else ""
    while start > first and _class(text[start - 1]) == kind:
        start -= 1
    for _ in range(times):
        end = min(last, _run_end(text, end))
        if not is_alone and (kind == "blank" or text[end : min(end + 1, last)].isspace()):
            end = min(last, _run_end(text, end))
    if not is_alone and kind != "blank" and not text[start:end][-1:].isspace():
        while start > first and text[start - 1].isspace():
            start -= 1
    return Stretch(start, end)


def _run_end(text: str, index: int) -> int:
    """Return where a run of characters of one kind ends."""
    end = index
    while end < len(text) and text[end] != "\n" and _class(text[end]) == _class(text[index]):
        end += 1
    return end


def _left(line: Line) -> int:
    return max(line.left, line.line_start)


def _right(line: Line) -> int:
    return min(line.right, line.line_end)


def _word(line: Line) -> int:
    return _skip_blanks(line.text, _skip_class(line.text, line.cursor))


def _word_back(line: Line) -> int:
    text, index = line.text, line.cursor
    while index and text[index - 1].isspace():
        index -= 1
    kind = _class(text[index - 1]) if index else ""
    while index and _class(text[index - 1]) == kind:
        index -= 1
    return index


def _word_end(line: Line) -> int:
    return _word_rest(Line(line.text, boundary_after(line.text, line.cursor)))


def _word_rest(line: Line) -> int:
    return _skip_class(line.text, _skip_blanks(line.text, line.cursor))


def _line_text(line: Line) -> int:
    text = line.text[line.line_start : line.line_end]
    return line.line_start + len(text) - len(text.lstrip())


def _skip_blanks(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _skip_class(text: str, index: int) -> int:
    if index >= len(text) or text[index].isspace():
        return index
    kind = _class(text[index])
    while index < len(text) and _class(text[index]) == kind:
        index += 1
    return index


def _class(char: str) -> str:
    if char.isspace():
        return "blank"
    return "word" if is_word(char) else "sign"


_STEPS: dict[str, Callable[[Line], int]] = {
    "left": _left,
    "right": _right,
    "word": _word,
    "word-back": _word_back,
    "word-end": _word_end,
    "word-rest": _word_rest,
    "line-start": lambda line: line.line_start,
    "line-text": _line_text,
    "line-end": lambda line: line.line_end,
}
