"""vCards as elements: vCard4 (RFC 6351, XEP-0292)."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.features.vcards.model import Values

V4 = "urn:ietf:params:xml:ns:vcard-4.0"
ITEM = "current"

_NAMES = ("surname", "given", "additional", "prefix", "suffix")
_ADDRESS = ("pobox", "ext", "street", "code", "locality", "region", "country")

# The type that each key is written with; whatever type it is of is read.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("fn", "nickname", "email", "tel", "org", "title", "role", "note"), "text"),
    **dict.fromkeys(("url", "impp"), "uri"),
    "bday": "text",
}


def decode(vcard: Element | None) -> Values:
    """Return what a vCard says."""
    if vcard is None or vcard.tag != f"{{{V4}}}vcard":
        return {}
    said = {key: [_text(each) for each in _all(vcard, key)] for key in _TYPES}
    said["tel"] = [each.removeprefix("tel:") for each in said["tel"]]
    name = next(iter(_all(vcard, "n")), None)
    parts = [xml.child_text(name, V4, each) for each in _NAMES] if name is not None else []
    said["n"] = parts if any(parts) else []
    said["adr"] = [_address(each) for each in _all(vcard, "adr")]
    return said


def _all(vcard: Element, key: str) -> list[Element]:
    # Some are in groups (RFC 6351 4.3).
    return list(vcard.iterfind(f".//{{{V4}}}{key}"))


def _text(entry: Element) -> str:
    parts = (each for each in entry if each.tag != f"{{{V4}}}parameters")
    return ", ".join(filter(None, ((each.text or "").strip() for each in parts)))


def _address(entry: Element) -> str:
    parts = (xml.child_text(entry, V4, each).strip() for each in _ADDRESS)
    return ", ".join(part for part in parts if part)


def changed(vcard: Element | None, wanted: Values) -> Element:
    """Return a vCard that says what is wanted; what it says else stays."""
    tags = {f"{{{V4}}}{key}" for key in wanted}
    made = xml.element(V4, "vcard")
    made.extend(each for each in (vcard if vcard is not None else ()) if each.tag not in tags)
    for key, values in wanted.items():
        made.extend(_encoded(key, values))
    return made


def _encoded(key: str, values: Sequence[str]) -> list[Element]:
    if key == "n":
        parts = zip(_NAMES, values, strict=False)
        children = [xml.element(V4, tag, text=value) for tag, value in parts]
        return [xml.element(V4, "n", children=children)] if any(values) else []
    kind = "street" if key == "adr" else _TYPES[key]
    return [xml.element(V4, key, children=[xml.element(V4, kind, text=each)]) for each in values]
