"""Breaking text into lines of so many columns."""

import re
import sys
from collections.abc import Iterable, Iterator

from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, clusters, joined, width

# A stretch of a text: where it begins and ends.
Span = tuple[int, int]
# How something is drawn, and how many characters of the text are.
Run = tuple[Attribute, int]

_WORDS = re.compile(r"\s+|\S+")


def indentation(text: str, columns: int) -> int:
    """Return how many blanks a paragraph begins with, which all of its lines are to have.

    0: too many for that, where half of the columns wouldn't be left.
    """
    blanks = len(text) - len(text.lstrip(" "))
    return blanks if blanks < min(columns // 2, len(text)) else 0


def wrap(text: str, columns: int, most: int = sys.maxsize, indent: int = 0) -> list[Span]:
    """Return the lines of one paragraph as stretches of it; blanks at a break belong to none.

    It begins with `indent` blanks, which take their columns of the other lines as well.

    Words stay whole, links as well, where they fit into a line of their own. Between wide
    characters a line may break anywhere. `columns` is at least 2. Of a text that takes more than
    `most` lines these are returned, and maybe some more.
    """
    if len(text) <= columns and text.isascii():
        return [(0, len(text))]
    if indent:
        (_, end), *others = wrap(text[indent:], columns - indent, most)
        return [(0, end + indent), *((start + indent, end + indent) for start, end in others)]
    lines = _Lines(columns)
    for start, end, columns_of_it in _pieces(text):
        if text[start].isspace():
            lines.add_blank(start, end, columns_of_it)
        elif columns_of_it <= columns:
            lines.add_word(start, end, columns_of_it)
        else:
            lines.add_long_word(text, start, end)
        if lines.count > most:
            break
    return lines.finish()


def wrap_runs(text: str, runs: list[Run], columns: int) -> list[Row]:
    """Return the lines of a paragraph as rows, with the styles that `runs` give its characters."""
    indent = indentation(text, columns)
    return styled(text, runs, wrap(text, columns, indent=indent), indent)


def styled(text: str, runs: list[Run], lines: Iterable[Span], indent: int = 0) -> list[Row]:
    """Return stretches of a text, in order, as rows with the styles that `runs` give it.

    All but the first one stand behind so many blanks as `indent` says.
    """
    rows: list[Row] = []
    blanks: Row = ((runs[0][0], " " * indent),) if indent and runs else ()
    number, place = 0, 0
    for start, end in lines:
        segments = [*blanks] if rows else []
        while number < len(runs):
            style, length = runs[number]
            first, last = max(start, place), min(end, place + length)
            if first < last:
                segments.append((style, text[first:last]))
            if place + length > end:
                # The rest of the run belongs to the next line.
                break
            place += length
            number += 1
        rows.append(joined(segments))
    return rows


class _Lines:
    """The lines so far, and the one that grows."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._done: list[Span] = []
        self._start = 0
        self._end = 0
        self._used = 0
        self._blank = 0

    @property
    def count(self) -> int:
        return len(self._done)

    def add_blank(self, start: int, end: int, columns: int) -> None:
        self._blank += columns
        if self._used + self._blank > self._columns:
            # What follows begins the next line anyway; the blanks between show nowhere.
            self._break_at(end)

    def add_word(self, start: int, end: int, columns: int) -> None:
        if self._used + self._blank + columns > self._columns:
            self._break_at(start)
        self._used += self._blank + columns
        self._blank = 0
        self._end = end

    def add_long_word(self, text: str, start: int, end: int) -> None:
        if self._used:
            self._break_at(start)
        for cluster, columns in clusters(text[start:end]):
            self.add_word(start, start + len(cluster), columns)
            start += len(cluster)

    def finish(self) -> list[Span]:
        self._done.append((self._start, self._end))
        return self._done

    def _break_at(self, start: int) -> None:
        if self._end > self._start or not self._done:
            self._done.append((self._start, self._end))
        self._start = self._end = start
        self._used = self._blank = 0


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield what can't be broken: its start, end and columns."""
    if text.isascii():
        for match in _WORDS.finditer(text):
            start, end = match.span()
            yield start, end, end - start
        return
    for match in _WORDS.finditer(text):
        start, end = match.span()
        word = match.group()
        columns = width(word)
        if columns == len(word) or word.isspace():
            yield start, end, columns
            continue
        yield from _wide_pieces(word, start)


def _wide_pieces(word: str, start: int) -> Iterator[tuple[int, int, int]]:
    begin, columns = start, 0
    place = start
    for cluster, columns_of_it in clusters(word):
        if columns_of_it > 1:
            if place > begin:
                yield begin, place, columns
            yield place, place + len(cluster), columns_of_it
            begin, columns = place + len(cluster), 0
        else:
            columns += columns_of_it
        place += len(cluster)
    if place > begin:
        yield begin, place, columns
