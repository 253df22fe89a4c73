"""Corrections as stanzas (XEP-0308)."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.conversations import Peer, message_to

NAMESPACE = "urn:xmpp:message-correct:0"


def encode(whom: Peer, target: str, body: str, stanza_id: str) -> Element:
    """Return a message that says what another is to say; its id and its origin id are the same."""
    payloads = [
        xml.element(xml.CLIENT, "body", text=body),
        xml.element(NAMESPACE, "replace", {"id": target}),
        xml.element(xml.STANZA_IDS, "origin-id", {"id": stanza_id}),
        xml.element(xml.HINTS, "store"),
    ]
    return message_to(whom, payloads, stanza_id=stanza_id)


def decode(stanza: Element) -> str:
    """Return the id of the message that another corrects; empty if it is none."""
    replace = xml.child(stanza, NAMESPACE, "replace")
    return replace.get("id", "") if replace is not None else ""


def reword(stanza: Element, body: str) -> Element:
    """Return a message that nobody has yet, with another text."""
    said = xml.child(stanza, xml.CLIENT, "body")
    if said is not None:
        said.text = body
    return stanza
