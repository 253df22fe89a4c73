"""Words to search by: how a text is cut into them, and what a query asks for.

Letters are folded: no case, no diacritics, no wide forms. Scripts that put no spaces between
words are cut into single characters, and so are signs and emoji; as consecutive ones are looked
for together, any part of such a text is found, and `c++` as it is written. What punctuation joins
is several words: `snake_case` is found by each of its own, and as it is written.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.folding import FOLDED, SIZES

VERSION = 2
"""Raised when a text is cut differently: then all has to be indexed anew."""

LONGEST = 64
"""Characters of a word that count: nobody types more of what is no word."""

MOST_TERMS = 32

_BEGINNING = 384
"""Characters that are looked at first where not all of a text is asked for."""

# Characters of a text that are folded together where one looks for places in it.
_PIECE = 64

# Characters that are folded in one go: no other thread runs meanwhile.
_PART = 8192

_ASCII = re.compile(r"[a-z0-9]+|[+#$<>=^`|~]", re.IGNORECASE)


class Word(NamedTuple):
    """A folded word and where it stands: the code points `start` up to `end` of the text."""

    text: str
    start: int
    end: int


class Term(Value):
    """Words that have to stand one behind the other; the last may be the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False


def cut(text: str) -> Iterator[Word]:
    """Return the words of `text` in order."""
    for chunk in re.finditer(r"\S+", text):
        if chunk[0].isascii():
            for found in _ASCII.finditer(text, *chunk.span()):
                yield Word(found[0][:LONGEST].lower(), *found.span())
        else:
            at = chunk.start()
            for word in _cut_chunk(chunk[0]):
                yield Word(word.text, at + word.start, at + word.end)


def indexed(text: str) -> str:
    """Return the words of `text` with a blank between them, as they are indexed."""
    if text.isascii():
        found = _ASCII.findall(text.lower())
    else:
        parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
        found = "".join([part.translate(FOLDED) for part in parts]).split()
    return " ".join([word[:LONGEST] for word in found])


def parse(query: str) -> tuple[Term, ...]:
    """Return what a query asks for: all of its words, "phrases" in quotes, and beginnings*.

    Nothing in it is an error: a quote that isn't closed goes to the end.
    """
    terms: list[Term] = []
    for number, part in enumerate(query.split('"')):
        for asked in [part] if number % 2 else part.split():
            found = tuple(word.text for word in cut(asked))
            if found:
                terms.append(Term(found, is_prefix=asked.rstrip().endswith("*")))
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def find(
    text: str, terms: Iterable[Term], *, most: int = 20, within: int = sys.maxsize
) -> list[tuple[int, int]]:
    """Return where `terms` stand in `text`: pairs of start and end, in order, none in another.

    No more than `most`, and none further behind the first one than `within`.
    """
    asked = tuple(terms)
    patterns = [_pattern(term) for term in asked]
    behind = 2 * max((len(" ".join(term.words)) for term in asked), default=0)
    said = _Said(text, _BEGINNING if within < len(text) else len(text))
    while True:
        starts = [seen.start() for each in patterns if (seen := each.search(said.folded))]
        edge = said.place(said.character(min(starts)) + within + 1) if starts else 0
        # Whatever begins before the edge has to be there to its end.
        if said.is_whole or (starts and said.folded.rfind(" ") > edge + behind):
            break
        said.go_on()
    spans = _joined(sorted(span for each in patterns for span in _spans(each, said.folded, edge)))
    return [(said.character(start), said.behind(end)) for start, end in spans[:most]]


def has_all(text: str, terms: Iterable[Term]) -> bool:
    """Return whether all `terms` stand in `text`."""
    said = f" {indexed(text)} "
    return all(f" {' '.join(term.words)}{'' if term.is_prefix else ' '}" in said for term in terms)


class _Said:
    """A text as patterns look at it: folded, and blanks around all of it.

    To cut a text into words takes many times as long. A word that `_spans` finds at a place of
    this one begins at that of the folded text: its blank stands for the one in front. It is folded
    as far as that is asked for, in pieces: only of those in which something is found one looks
    where their characters are.
    """

    def __init__(self, text: str, length: int) -> None:
        self.folded = " "
        self._text = text
        # How much is folded of it and to how much, and where each piece begins of both.
        self._read = self._end = 0
        self._starts: list[int] = []
        self._begins: list[int] = []
        self._places: dict[int, Sequence[int]] = {}
        self._fold(length)

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is there."""
        return self._read >= len(self._text)

    def go_on(self) -> None:
        """Fold as much again."""
        self._fold(2 * self._read)

    def _fold(self, end: int) -> None:
        pieces: list[str] = []
        end = min(end, len(self._text))
        while self._read < end:
            start = self._read
            self._read = min(end, start + _PIECE) if start < _BEGINNING else end
            pieces.append(self._text[start : self._read].translate(FOLDED))
            self._starts.append(start)
            self._begins.append(self._end)
            self._end += len(pieces[-1])
        if pieces:
            self.folded += "".join(pieces) + " " * self.is_whole

    def character(self, place: int) -> int:
        """Return what character of the text is at a place once that is folded."""
        piece = bisect_right(self._begins, place) - 1
        return self._starts[piece] + bisect_right(self._of_piece(piece), place) - 1

    def behind(self, end: int) -> int:
        """Return where a word ends with its marks, that ends at a place once that is folded."""
        if self.is_whole and end == self._end:
            return len(self._text)
        found = self.character(end)
        return found + (self.place(found) < end)

    def place(self, character: int) -> int:
        """Return where a character is once the text is folded, or that text ends."""
        if character >= self._read:
            self._fold(character + 1)
        if character >= len(self._text):
            return self._end
        piece = bisect_right(self._starts, character) - 1
        return self._of_piece(piece)[character - self._starts[piece]]

    def _of_piece(self, piece: int) -> Sequence[int]:
        """Return where each character of a piece is once that is folded."""
        found = self._places.get(piece)
        if found is None:
            start, ends = self._starts[piece], (*self._starts[piece + 1 : piece + 2], self._read)
            sizes = map(SIZES.__getitem__, self._text[start : ends[0] - 1])
            found = self._places[piece] = [*accumulate(sizes, initial=self._begins[piece])]
        return found


@lru_cache(maxsize=4 * MOST_TERMS)
def _pattern(term: Term) -> re.Pattern[str]:
    """Return what finds a term, with the blank before it."""
    *before, last = [re.escape(each) + "[^ ]*" * (len(each) == LONGEST) for each in term.words]
    end = "[^ ]*" if term.is_prefix else "(?= )"
    return re.compile(" " + "".join(f"{each} +" for each in before) + last + end)


def _spans(pattern: re.Pattern[str], said: str, edge: int) -> Iterator[tuple[int, int]]:
    """Return where a term stands in a folded text before a place, also where it overlaps itself."""
    found = pattern.search(said)
    while found and found.start() < edge:
        yield found.start(), found.end() - 1
        found = pattern.search(said, found.start() + 1)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, which are in order, those as one that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def _cut_chunk(chunk: str) -> Iterator[Word]:
    """Return the words of a text without white space that is more than ASCII."""
    letters, start = "", -1
    for at, char in enumerate(chunk):
        folded = FOLDED[ord(char)]
        if not folded.startswith(" "):
            start = at if start < 0 else start
            letters += folded
            continue
        if letters:
            yield Word(letters[:LONGEST], start, at)
        letters, start = "", -1
        if single := folded.strip():
            yield Word(single[:LONGEST], at, at + 1)
    if letters:
        yield Word(letters[:LONGEST], start, len(chunk))
