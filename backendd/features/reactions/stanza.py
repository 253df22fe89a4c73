"""Sets of reactions as stanzas (XEP-0444), and what stands in for them (XEP-0428)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from backendd.api.words import Kind
from backendd.core import xml
from backendd.core.messages import stanza_type
from backendd.features.reactions import model

NAMESPACE = "urn:xmpp:reactions:0"
_FALLBACK = "urn:xmpp:fallback:0"
_BODY = f"{{{xml.CLIENT}}}body"


class Said(NamedTuple):
    """A set of reactions to the message that is named `target`."""

    target: str
    emojis: tuple[str, ...]


def encode(peer: str, kind: Kind, target: str, emojis: Iterable[str], stanza_id: str) -> Element:
    """Return a message that says all our reactions to another."""
    reactions = [xml.element(NAMESPACE, "reaction", text=each) for each in emojis]
    return xml.element(
        xml.CLIENT,
        "message",
        {"to": peer, "type": stanza_type(kind), "id": stanza_id},
        [
            xml.element(NAMESPACE, "reactions", {"id": target}, reactions),
            xml.element(xml.STANZA_IDS, "origin-id", {"id": stanza_id}),
            xml.element(xml.HINTS, "store"),
        ],
    )


def decode(stanza: Element) -> Said | None:
    """Return the reactions that a message says, if it does."""
    element = xml.child(stanza, NAMESPACE, "reactions")
    target = element.get("id", "") if element is not None else ""
    if element is None or not target:
        return None
    said = [each.text or "" for each in element[: model.SEEN] if each.tag == _REACTION]
    return Said(target, model.cleaned(said))


_REACTION = f"{{{NAMESPACE}}}reaction"


def without_fallback(stanza: Element) -> Element:
    """Return a message without the text that stands in for its reactions; itself without any."""
    notes = [
        note for note in stanza.iterfind(f"{{{_FALLBACK}}}fallback") if note.get("for") == NAMESPACE
    ]
    if not notes:
        return stanza
    parts = [part for note in notes for part in note.iterfind(f"{{{_FALLBACK}}}body")]
    is_whole = not all(map(len, notes)) or any(part.get("start") is None for part in parts)
    rest = Element(stanza.tag, stanza.attrib)
    for child in stanza:
        if child.tag != _BODY:
            rest.append(child)
        elif not is_whole and (text := _without(child.text or "", parts)).strip():
            body = Element(_BODY, child.attrib)
            body.text = text
            rest.append(body)
    return rest


def _without(text: str, parts: Sequence[Element]) -> str:
    kept = list(text)
    for part in parts:
        start, end = _number(part.get("start", "")), _number(part.get("end", ""))
        for index in range(start, min(end, len(kept))):
            kept[index] = ""
    return "".join(kept)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
