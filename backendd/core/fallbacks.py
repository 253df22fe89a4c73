"""Text that stands in, for clients that don't know better, for what a message says (XEP-0428)."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import accumulate
from xml.etree.ElementTree import Element

from backendd.core import xml

NAMESPACE = "urn:xmpp:fallback:0"
_NOTE, _PART = f"{{{NAMESPACE}}}fallback", f"{{{NAMESPACE}}}body"
_BODY = f"{{{xml.CLIENT}}}body"

Span = tuple[int, int]


def without(stanza: Element, meaning: str) -> Element:
    """Return a message without the text that stands in for what `meaning`, a namespace, says.

    It is the message itself where there is none.
    """
    return split(stanza, meaning)[0]


def split(stanza: Element, meaning: str) -> tuple[Element, str]:
    """Return a message as `without` does, and the text that is gone.

    What a note calls a part of the body counts in code points (XEP-0426). Those for other meanings
    name the same parts afterwards.
    """
    notes = [note for note in stanza.iterfind(_NOTE) if note.get("for") == meaning]
    if not notes:
        return stanza, ""
    parts = [part for note in notes for part in note.iterfind(_PART)]
    is_whole = not all(map(len, notes)) or any(part.get("start") is None for part in parts)
    spans = [] if is_whole else _spans(parts)
    gone_before = [0, *accumulate(end - start for start, end in spans)]
    rest, gone = Element(stanza.tag, stanza.attrib), ""
    for child in stanza:
        if child.tag == _NOTE:
            rest.append(child if child.get("for") == meaning else _moved(child, spans, gone_before))
            continue
        if child.tag != _BODY:
            rest.append(child)
            continue
        kept, cut = ("", child.text or "") if is_whole else _cut(child.text or "", spans)
        gone = gone or cut
        if kept.strip():
            body = Element(_BODY, child.attrib)
            body.text = kept
            rest.append(body)
    return rest, gone


def _spans(parts: Iterable[Element]) -> list[Span]:
    """Return what parts name, in order, none in another."""
    spans: list[Span] = []
    at = 0
    for start, end in sorted((_place(part, "start"), _place(part, "end")) for part in parts):
        if end > max(start, at):
            spans.append((max(start, at), end))
            at = end
    return spans


def _cut(text: str, spans: Iterable[Span]) -> tuple[str, str]:
    """Return what of a text is in none of the spans, and what is in some."""
    kept, gone, at = [], [], 0
    for start, end in spans:
        kept.append(text[at:start])
        gone.append(text[start:end])
        at = end
    return "".join((*kept, text[at:])), "".join(gone)


def _moved(note: Element, spans: Sequence[Span], gone_before: Sequence[int]) -> Element:
    """Return a note whose parts are where they are without the spans, each with what is before."""
    moved = deepcopy(note)
    for part in moved.iterfind(_PART) if spans else ():
        for which in ("start", "end"):
            if part.get(which) is not None:
                part.set(which, str(_without(_place(part, which), spans, gone_before)))
    return moved


def _without(place: int, spans: Sequence[Span], gone_before: Sequence[int]) -> int:
    number = bisect_left(spans, (place,))
    if not number:
        return place
    start, end = spans[number - 1]
    return place - gone_before[number - 1] - (min(place, end) - start)


def _place(part: Element, which: str) -> int:
    written = part.get(which, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
