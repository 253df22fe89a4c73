"""Message styling (XEP-0393) and links: which characters of a body look how.

The signs stay visible, as the XEP asks of anyone who can't be sure that they are meant. What a
body costs grows with its length and no faster, whatever stands in it: anybody may write one.
"""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import groupby

from backendd.api.values import Value
from primitivus.model.wording.urls import spans
from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.linking import link
from primitivus.widgets.drawing.wrap import Run

_STYLES = {
    "*": "message.strong",
    "_": "message.emphasis",
    "~": "message.strike",
    "`": "message.code",
}
_SIGN = re.compile(r"[*_~`]")
_FENCE = "```"
_NO_FENCE = -1


class StyledLine(Value):
    """One line of a body: its text and the styles of its characters, in order."""

    text: str
    runs: list[Run]
    is_preformatted: bool = False


def style(
    body: str, plain: str, names: tuple[str, ...] = (), *, is_styled: bool = True
) -> list[StyledLine]:
    """Return the lines of `body`; what has no style of its own gets the style `plain`.

    `names` are the words by which it speaks to the user. Unless it `is_styled` no sign means any.
    """
    if not is_styled:
        return [_line(text, 0, plain, names, is_styled=False) for text in body.split("\n")]
    lines = []
    fenced_at = _NO_FENCE
    for text in body.split("\n"):
        if fenced_at != _NO_FENCE:
            depth, start = _quotation(text, fenced_at)
            if depth == fenced_at:
                lines.append(_code(text, start))
                if text[start:].rstrip() == _FENCE:
                    fenced_at = _NO_FENCE
                continue
        # A block of code ends with the quotation that it is in.
        depth, start = _quotation(text, len(text))
        is_fence = text.startswith(_FENCE, start)
        fenced_at = depth if is_fence else _NO_FENCE
        lines.append(_code(text, start) if is_fence else _line(text, start, plain, names))
    return lines


def _quotation(text: str, most: int) -> tuple[int, int]:
    """Return how deep in quotations a line is, counted up to `most`, and where its text begins."""
    depth = start = 0
    while depth < most and text.startswith(">", start):
        depth += 1
        start += 1
        if text[start : start + 1].isspace():
            start += 1
    return depth, start


def _code(text: str, start: int) -> StyledLine:
    runs: list[Run] = [("message.quote", start), ("message.code", len(text) - start)]
    return StyledLine(text, runs if start else runs[1:], is_preformatted=True)


def _line(
    text: str, start: int, plain: str, names: tuple[str, ...], *, is_styled: bool = True
) -> StyledLine:
    styles: list[Attribute] = ["message.quote" if start else plain] * len(text)
    found = list(spans(text))
    if is_styled:
        _Spans(_masked(text, found), start).mark(styles)
    for first, last in found:
        styles[first:last] = [link(text[first:last])] * (last - first)
    for name in _named(names).finditer(text) if names else ():
        styles[name.start() : name.end()] = ["message.mention"] * len(name[0])
    return StyledLine(text, [(name, len(list(group))) for name, group in groupby(styles)])


@lru_cache(maxsize=256)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds these words, not in the middle of others; the longest of several."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(map(_bounded, longest_first)), re.IGNORECASE)


def _bounded(name: str) -> str:
    # Not every script has blanks between words.
    before = r"(?<!\w)" if name[0].isascii() and name[0].isalnum() else ""
    after = r"(?!\w)" if name[-1].isascii() and name[-1].isalnum() else ""
    return before + re.escape(name) + after


def _masked(text: str, links: list[tuple[int, int]]) -> str:
    """Return `text` with letters in place of its links: the signs in them mean nothing."""
    parts: list[str] = []
    place = 0
    for start, end in links:
        parts += (text[place:start], "x" * (end - start))
        place = end
    return "".join((*parts, text[place:]))


class _Spans:
    """The spans of one line.

    Where a sign could close a span is noted once for the whole line, so that none is searched
    for. Inside a span nothing of its own kind closes, so spans nest no deeper than there are
    kinds, and no sign is looked at more often than that.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._signs = [found.start() for found in _SIGN.finditer(text, start)]
        self._closing: dict[str, list[int]] = {sign: [] for sign in _STYLES}
        for place in self._signs:
            if place > start and not text[place - 1].isspace():
                self._closing[text[place]].append(place)

    def mark(self, styles: list[Attribute]) -> None:
        """Set the styles of all spans."""
        self._mark(self._start, len(self._text), styles)

    def _mark(self, start: int, end: int, styles: list[Attribute]) -> None:
        """Set the styles of the spans between `start` and `end`, nested ones inside."""
        at = bisect_left(self._signs, start)
        while at < len(self._signs) and self._signs[at] < end:
            place = self._signs[at]
            close = self._close(place, end) if self._may_open(place, start) else -1
            if close < 0:
                at += 1
                continue
            sign = self._text[place]
            styles[place : close + 1] = [_STYLES[sign]] * (close + 1 - place)
            if sign != "`":
                self._mark(place + 1, close, styles)
            at = bisect_left(self._signs, close + 1)

    def _may_open(self, place: int, start: int) -> bool:
        """Return whether a span may begin here: first of all, after a blank or another's sign."""
        return place == start or self._text[place - 1].isspace()

    def _close(self, opening: int, end: int) -> int:
        """Return where the span that `opening` begins is closed, or -1 if it begins none."""
        follows = self._text[opening + 1 : opening + 2]
        if not follows or follows.isspace() or follows == self._text[opening]:
            return -1
        places = self._closing[self._text[opening]]
        at = bisect_left(places, opening + 2)
        return places[at] if at < len(places) and places[at] < end else -1
