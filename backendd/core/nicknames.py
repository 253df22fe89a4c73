"""What somebody calls themselves (XEP-0172), as an element wherever one appears."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.core import xml

NAMESPACE = "http://jabber.org/protocol/nick"

LIMIT = 200


def encode(nick: str) -> Element:
    """Return what says that its sender is called so."""
    return xml.element(NAMESPACE, "nick", text=nick)


def decode(element: Element | None) -> str:
    """Return the nickname of such an element, as it is stored and shown; empty for any other."""
    if element is None or element.tag != f"{{{NAMESPACE}}}nick":
        return ""
    return text.clean_line(element.text or "", limit=LIMIT)


def of(stanza: Element) -> str:
    """Return what the sender of a stanza says to be called; empty where they don't say."""
    return decode(xml.child(stanza, NAMESPACE, "nick"))
