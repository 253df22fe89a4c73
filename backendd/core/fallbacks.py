"""Text that stands in, for clients that don't know better, for what a message says (XEP-0428)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.core import xml

NAMESPACE = "urn:xmpp:fallback:0"
_BODY = f"{{{xml.CLIENT}}}body"


def without(stanza: Element, meaning: str) -> Element:
    """Return a message without the text that stands in for what `meaning`, a namespace, says.

    It is the message itself where there is none.
    """
    return split(stanza, meaning)[0]


def split(stanza: Element, meaning: str) -> tuple[Element, str]:
    """Return a message as `without` does, and the text that is gone.

    What a note calls a part of the body counts in code points (XEP-0426).
    """
    notes = [
        note for note in stanza.iterfind(f"{{{NAMESPACE}}}fallback") if note.get("for") == meaning
    ]
    if not notes:
        return stanza, ""
    parts = [part for note in notes for part in note.iterfind(f"{{{NAMESPACE}}}body")]
    is_whole = not all(map(len, notes)) or any(part.get("start") is None for part in parts)
    rest, gone = Element(stanza.tag, stanza.attrib), ""
    for child in stanza:
        if child.tag != _BODY:
            rest.append(child)
            continue
        kept, cut = ("", child.text or "") if is_whole else _cut(child.text or "", parts)
        gone = gone or cut
        if kept.strip():
            body = Element(_BODY, child.attrib)
            body.text = kept
            rest.append(body)
    return rest, gone


def _cut(text: str, parts: Sequence[Element]) -> tuple[str, str]:
    """Return what of a text is in none of the parts, and what is in some."""
    kept, gone, at = [], [], 0
    for start, end in sorted((_place(part, "start"), _place(part, "end")) for part in parts):
        first, last = max(start, at), min(end, len(text))
        if first < last:
            kept.append(text[at:first])
            gone.append(text[first:last])
            at = last
    return "".join((*kept, text[at:])), "".join(gone)


def _place(part: Element, which: str) -> int:
    written = part.get(which, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
