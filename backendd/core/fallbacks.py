"""Text that stands in, for clients that don't know better, for what a message says (XEP-0428)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.core import xml

NAMESPACE = "urn:xmpp:fallback:0"
_BODY = f"{{{xml.CLIENT}}}body"


def without(stanza: Element, meaning: str) -> Element:
    """Return a message without the text that stands in for what `meaning`, a namespace, says.

    It is the message itself where there is none. What a note calls a part of the body counts in
    code points (XEP-0426).
    """
    notes = [
        note for note in stanza.iterfind(f"{{{NAMESPACE}}}fallback") if note.get("for") == meaning
    ]
    if not notes:
        return stanza
    parts = [part for note in notes for part in note.iterfind(f"{{{NAMESPACE}}}body")]
    is_whole = not all(map(len, notes)) or any(part.get("start") is None for part in parts)
    rest = Element(stanza.tag, stanza.attrib)
    for child in stanza:
        if child.tag != _BODY:
            rest.append(child)
        elif not is_whole and (text := _cut(child.text or "", parts)).strip():
            body = Element(_BODY, child.attrib)
            body.text = text
            rest.append(body)
    return rest


def _cut(text: str, parts: Sequence[Element]) -> str:
    kept = list(text)
    for part in parts:
        start, end = _number(part.get("start", "")), _number(part.get("end", ""))
        for index in range(start, min(end, len(kept))):
            kept[index] = ""
    return "".join(kept)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
