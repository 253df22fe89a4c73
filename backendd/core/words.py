"""Words to search by: how a text is cut into them, and what a query asks for.

Letters are folded: no case, no diacritics, no wide forms. Scripts that put no spaces between
words are cut into single characters, and so are signs and emoji; as consecutive ones are looked
for together, any part of such a text is found, and `c++` as it is written. What punctuation joins
is several words: `snake_case` is found by each of its own, and as it is written.
"""

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from backendd.api.values import Value

VERSION = 2
"""Raised when a text is cut differently: then all has to be indexed anew."""

LONGEST = 64
"""Characters of a word that count: nobody types more of what is no word."""

MOST_TERMS = 32

# Characters that are folded in one go: no other thread runs meanwhile.
_PART = 8192

_ASCII = re.compile(r"[a-z0-9]+|[+#$<>=^`|~]", re.IGNORECASE)
# Marks that are left out when one writes without them: Latin, Greek, Cyrillic; Hebrew; Arabic.
_OPTIONAL = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670]"
)
# Thai to Myanmar, Khmer, kana, Han, Hangul: no spaces between words, or particles joined to them.
_UNSPACED = (
    range(0x0E00, 0x10A0), range(0x1780, 0x1800), range(0x1100, 0x1200), range(0x3005, 0x3008),
    range(0x3040, 0x3130), range(0x31F0, 0x3200), range(0x3400, 0x4DC0), range(0x4E00, 0xA000),
    range(0xA960, 0xA980), range(0xAA60, 0xAA80), range(0xAC00, 0xD800), range(0xF900, 0xFB00),
    range(0xFF66, 0xFFA0), range(0x20000, 0x40000),
)  # fmt: skip


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
        found = "".join([part.translate(_FOLDED) for part in parts]).split()
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
    said, patterns = _said(text), [_pattern(term) for term in terms]
    starts = [seen.start() for pattern in patterns if (seen := pattern.search(said))]
    if not starts:
        return []
    first, begin = _unfolded(text, min(starts))
    edge = begin + len(text[first : first + within + 1].translate(_FOLDED))
    spans = _joined(sorted(span for each in patterns for span in _spans(each, said, edge)))[:most]
    places = _places(text[first : first + within + LONGEST], begin)
    if places[-1] <= spans[-1][1]:  # or it ends behind that
        places = _places(text[first:], begin)
    return [
        (first + bisect_right(places, start) - 1, first + _end(places, end)) for start, end in spans
    ]


def has_all(text: str, terms: Iterable[Term]) -> bool:
    """Return whether all `terms` stand in `text`."""
    said = f" {indexed(text)} "
    return all(f" {' '.join(term.words)}{'' if term.is_prefix else ' '}" in said for term in terms)


def _said(text: str) -> str:
    """Return a text as patterns look at it: folded in one go, and blanks around all of it.

    To cut a text into words takes many times as long. A word that `_spans` finds at a place of
    this one begins at that of the folded text: its blank stands for the one in front.
    """
    return f" {text.translate(_FOLDED)} "


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


def _unfolded(text: str, at: int) -> tuple[int, int]:
    """Return what character of `text` is at a place once that is folded, and where it begins."""
    low, high, rest = 0, len(text), at
    while high - low > 1:
        middle = (low + high) // 2
        size = len(text[low:middle].translate(_FOLDED))
        if rest < size:
            high = middle
        else:
            low, rest = middle, rest - size
    return low, at - rest


def _places(text: str, begin: int) -> Sequence[int]:
    """Return where each character of `text` is once that is folded, and where that ends."""
    sizes = map(len, map(_FOLDED.__getitem__, map(ord, text)))
    return [*accumulate(sizes, initial=begin)]


def _end(places: Sequence[int], at: int) -> int:
    """Return where a word ends that ends at `at` once the text is folded: behind its marks."""
    if at == places[-1]:
        return len(places) - 1
    return max(bisect_right(places, at) - 1, bisect_right(places, at - 1))


def _cut_chunk(chunk: str) -> Iterator[Word]:
    """Return the words of a text without white space that is more than ASCII."""
    letters, start = "", -1
    for at, char in enumerate(chunk):
        folded = _FOLDED[ord(char)]
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


def is_unspaced(char: str) -> bool:
    """Return whether a character is of a script that puts no spaces between words."""
    return any(ord(char) in each for each in _UNSPACED)


class _Folded(dict[int, str]):
    """What a text has instead of a character: letters, or something between blanks.

    A table of `str.translate`, which asks for each character only once: that makes the difference
    for very long texts. It is made anew where somebody uses all the characters there are.
    """

    _MOST = 8192

    def __missing__(self, code: int) -> str:
        is_han = _HAN_FIRST <= code <= _HAN_LAST
        folded = f" {chr(code)} " if is_han else _fold(chr(code))
        if len(self) >= self._MOST:
            if is_han:
                return folded
            self.clear()
        self[code] = folded
        return folded


_FOLDED = _Folded()
# Words as they are: quicker to make than others, and too many to keep all.
_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF


def _fold(char: str) -> str:
    """Return the letters of a character; between blanks what is a word by itself, or ends one."""
    folded = _OPTIONAL.sub("", unicodedata.normalize("NFKD", char).casefold())
    if is_unspaced(char):
        # Composed again: a syllable is one sign to whoever reads it.
        return f" {_without_blanks(unicodedata.normalize('NFKC', folded)) or char} "
    category = unicodedata.category(char)
    if category[0] in "LNM":
        return _without_blanks(folded)
    if category[0] == "S" or char == "#" or category in ("Co", "Cn"):
        return f" {_without_blanks(folded) or char} "
    return " "


def _without_blanks(text: str) -> str:
    return "".join(text.split())
