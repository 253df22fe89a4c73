"""vCards as elements: vcard-temp (XEP-0054)."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.core import xml
from backendd.features.vcards.model import Values

TEMP = "vcard-temp"
VCARD = f"{{{TEMP}}}vCard"

_NAMES = ("FAMILY", "GIVEN", "MIDDLE", "PREFIX", "SUFFIX")
_ADDRESS = ("POBOX", "EXTADD", "STREET", "PCODE", "LOCALITY", "REGION", "CTRY")


class _Place(NamedTuple):
    """Where something stands: in an element, or in a child of it."""

    tag: str
    child: str = ""


_PLACES: Mapping[str, _Place] = {
    "fn": _Place("FN"),
    "nickname": _Place("NICKNAME"),
    "bday": _Place("BDAY"),
    "email": _Place("EMAIL", "USERID"),
    "tel": _Place("TEL", "NUMBER"),
    "url": _Place("URL"),
    "impp": _Place("JABBERID"),
    "org": _Place("ORG", "ORGNAME"),
    "title": _Place("TITLE"),
    "role": _Place("ROLE"),
    "note": _Place("DESC"),
}


def ask() -> Element:
    """Return the payload that asks for a vCard."""
    return xml.element(TEMP, "vCard")


def decode(vcard: Element | None) -> Values:
    """Return what a vCard says."""
    if vcard is None:
        return {}
    said = {key: _texts(vcard, place) for key, place in _PLACES.items()}
    said["note"] = said["note"] or _texts(vcard, _Place("NOTE"))
    said["impp"] = [_as_uri(each) for each in said["impp"] if each.strip()]
    name = vcard.find(f"{{{TEMP}}}N")
    parts = [xml.child_text(name, TEMP, each) for each in _NAMES] if name is not None else []
    said["n"] = parts if any(parts) else []
    said["adr"] = [_address(each) for each in vcard.iterfind(f"{{{TEMP}}}ADR")]
    return said


def _texts(vcard: Element, place: _Place) -> list[str]:
    found = vcard.iterfind(f"{{{TEMP}}}{place.tag}")
    if not place.child:
        return [each.text or "" for each in found]
    return [xml.child_text(each, TEMP, place.child) or each.text or "" for each in found]


def _address(entry: Element) -> str:
    parts = (xml.child_text(entry, TEMP, each).strip() for each in _ADDRESS)
    return ", ".join(part for part in parts if part)


def _as_uri(address: str) -> str:
    return address if address.startswith("xmpp:") else f"xmpp:{address.strip()}"


def changed(vcard: Element | None, wanted: Values) -> Element:
    """Return a vCard that says what is wanted; what it says else stays."""
    tags = {_tag(key) for key in wanted}
    made = xml.element(TEMP, "vCard")
    made.extend(each for each in (vcard if vcard is not None else ()) if each.tag not in tags)
    for key, values in wanted.items():
        made.extend(_encoded(key, values))
    return made


def _tag(key: str) -> str:
    name = {"n": "N", "adr": "ADR"}.get(key) or _PLACES[key].tag
    return f"{{{TEMP}}}{name}"


def _encoded(key: str, values: Sequence[str]) -> list[Element]:
    if key == "n":
        parts = zip(_NAMES, values, strict=False)
        children = [xml.element(TEMP, tag, text=value) for tag, value in parts if value]
        return [xml.element(TEMP, "N", children=children)] if children else []
    if key == "adr":
        return [
            xml.element(TEMP, "ADR", children=[xml.element(TEMP, "STREET", text=each)])
            for each in values
        ]
    place = _PLACES[key]
    if key == "impp":
        values = [each.removeprefix("xmpp:") for each in values]
    if not place.child:
        return [xml.element(TEMP, place.tag, text=each) for each in values]
    return [
        xml.element(TEMP, place.tag, children=[xml.element(TEMP, place.child, text=each)])
        for each in values
    ]
