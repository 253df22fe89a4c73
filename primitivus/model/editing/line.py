"""A text of one or more lines with a cursor, as a value, and what editing makes of it.

The cursor is an index into the text and never stands inside a grapheme cluster: what looks like
one character is walked over and deleted as one.
"""

import re
import unicodedata

from backendd.api.values import Value
from primitivus.model.editing.graphemes import iter_graphemes, wcswidth

# Control characters and halves of surrogate pairs: nothing that a message may hold.
# Compiled with the first text that comes, which takes as long as two modules.
_UNWANTED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"


def clean(text: str) -> str:
    """Return `text` as it may come into a message: line ends are newlines, tabs stay."""
    return re.sub(_UNWANTED, "", text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(Value):
    """A text and the index its cursor stands before."""

    text: str = ""
    cursor: int = 0

    def at(self, index: int) -> "Line":
        """Return it with the cursor at `index`, or behind the cluster that `index` is inside of."""
        return Line(self.text, snap(self.text, index))

    def insert(self, text: str) -> "Line":
        """Return it with `text` before the cursor."""
        return self.replace(self.cursor, self.cursor, text)

    def replace(self, start: int, end: int, text: str = "") -> "Line":
        """Return it with `text` in place of what is between the indexes, the cursor behind it."""
        whole = self.text[:start] + text + self.text[end:]
        # A combining character, or what is left around a deletion, may make one cluster of two.
        return Line(whole, snap(whole, start + len(text)))

    @property
    def left(self) -> int:
        """Return the index one cluster before the cursor."""
        return boundary_before(self.text, self.cursor)

    @property
    def right(self) -> int:
        """Return the index one cluster after the cursor."""
        return boundary_after(self.text, self.cursor)

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.cursor) + 1

    @property
    def line_end(self) -> int:
        end = self.text.find("\n", self.cursor)
        return len(self.text) if end < 0 else end

    @property
    def word_left(self) -> int:
        """Return where the word begins that the cursor is in or behind."""
        index = self.cursor
        while index and not is_word(self.text[index - 1]):
            index -= 1
        while index and is_word(self.text[index - 1]):
            index -= 1
        return index

    @property
    def word_right(self) -> int:
        """Return where the word ends that the cursor is in or before."""
        index, end = self.cursor, len(self.text)
        while index < end and not is_word(self.text[index]):
            index += 1
        while index < end and is_word(self.text[index]):
            index += 1
        return index

    @property
    def blank_left(self) -> int:
        """Return where the run of anything but blanks begins that the cursor is in or behind."""
        before = self.text[: self.cursor].rstrip()
        return next((i + 1 for i in range(len(before) - 1, -1, -1) if before[i].isspace()), 0)

    @property
    def column(self) -> int:
        """Return how many columns of the terminal are before the cursor in its line."""
        return width(self.text[self.line_start : self.cursor])

    @property
    def transposed(self) -> "Line":
        """Return it with those characters swapped that are around the cursor, or end the line."""
        line = self.at(self.left) if self.cursor == self.line_end else self
        if line.cursor <= line.line_start or line.cursor == line.line_end:
            return self
        first, second = line.text[line.left : line.cursor], line.text[line.cursor : line.right]
        return line.replace(line.left, line.right, second + first)

    def at_column(self, start: int, column: int) -> "Line":
        """Return it with the cursor in the line that begins at `start`, near to `column`."""
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end]
        index = start
        for cluster in iter_graphemes(line):
            column -= width(cluster)
            if column < 0:
                break
            index += len(cluster)
        return Line(self.text, index)


class Stretch(Value):
    """Part of a text; `is_lines`: whole lines, whose last line end may lie outside."""

    start: int
    end: int
    is_lines: bool = False


def snap(text: str, index: int) -> int:
    """Return `index`, or the end of the grapheme cluster that it is inside of."""
    index = max(0, min(index, len(text)))
    if index in (0, len(text)):
        return index
    return boundary_after(text, boundary_before(text, index))


def boundary_after(text: str, index: int) -> int:
    """Return the end of the grapheme cluster that begins at `index`."""
    if index >= len(text):
        return len(text)
    return index + len(next(iter_graphemes(text, index)))


def boundary_before(text: str, index: int) -> int:
    """Return the start of the grapheme cluster that ends at `index`, or that `index` is inside of.

    wcwidth's own way back differs from its way forward for rows of flags in many versions, and
    never comes back in some: this one goes forward, from a place that is a boundary for sure.
    """
    start = index - 1
    while start > 0 and not _is_sure_boundary(text[start - 1], text[start]):
        start -= 1
    start = max(0, start)
    for cluster in iter_graphemes(text, start):
        if start + len(cluster) >= index:
            break
        start += len(cluster)
    return start


def _is_sure_boundary(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before + after != "\r\n"


def width(text: str) -> int:
    """Return how many columns `text` takes; what has no width of its own takes none."""
    columns = wcswidth(text)
    return columns if columns >= 0 else sum(max(0, wcswidth(char)) for char in text)


def is_word(char: str) -> bool:
    """Return whether a character belongs to a word."""
    # Marks and joiners belong to what is before them; emoji are words too.
    return char in "_\u200d" or unicodedata.category(char)[0] in "LNM" or _is_emoji(char)


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") and not char.isascii()
