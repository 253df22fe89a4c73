"""What we can do, in a word that presence carries (XEP-0115)."""

import base64
import hashlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from backendd.xmpp.discovery import DiscoInfo, Identity
from backendd.xmpp.names import CAPS_NS, DATA_NS, DISCO_INFO

NODE = "org.primitivus"
_FORM_TYPE = "FORM_TYPE"


def verification(info: DiscoInfo) -> str:
    """Return the verification string of section 5.1: the same for all who answer `info`."""
    parts = sorted(_identity(one) for one in info.identities)
    parts += sorted(info.features)
    parts += [part for _, form in sorted(map(_form, info.forms)) for part in form]
    text = "".join(f"{part}<" for part in parts)
    return base64.b64encode(hashlib.sha1(text.encode(), usedforsecurity=False).digest()).decode()


def announce(info: DiscoInfo) -> Element:
    """Return what presence says of `info`."""
    return Element(f"{{{CAPS_NS}}}c", {"hash": "sha-1", "node": NODE, "ver": verification(info)})


def is_announced(node: str | None, info: DiscoInfo) -> bool:
    """Return whether `node` asks for what we can do: by the name that was announced, or by none."""
    return node is None or node == f"{NODE}#{verification(info)}"


def encode(info: DiscoInfo, node: str | None) -> Element:
    """Return the answer to a question for `node`."""
    query = Element(f"{{{DISCO_INFO}}}query", {} if node is None else {"node": node})
    for one in info.identities:
        identity = {"category": one.category, "type": one.type, "name": one.name}
        SubElement(query, f"{{{DISCO_INFO}}}identity", identity)
    for feature in sorted(info.features):
        SubElement(query, f"{{{DISCO_INFO}}}feature", {"var": feature})
    query.extend(info.forms)
    return query


def _identity(one: Identity) -> str:
    return f"{one.category}/{one.type}/{one.lang}/{one.name}"


def _form(form: Element) -> tuple[str, list[str]]:
    fields = sorted(_fields(form))
    kind = next((values[0] for name, values in fields if name == _FORM_TYPE and values), "")
    others = [[name, *values] for name, values in fields if name != _FORM_TYPE]
    return kind, [kind, *(part for field in others for part in field)]


def _fields(form: Element) -> Iterator[tuple[str, list[str]]]:
    for field in form.iterfind(f"{{{DATA_NS}}}field"):
        values = sorted(value.text or "" for value in field.iterfind(f"{{{DATA_NS}}}value"))
        yield field.get("var", ""), values
