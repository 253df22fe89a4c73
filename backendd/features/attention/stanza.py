"""Calls for attention as stanzas (XEP-0224)."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.conversations import Peer, message_to
from backendd.core.payloads import Line, Payload
from backendd.features.attention.model import LINE, NAMESPACE

_TAG = f"{{{NAMESPACE}}}attention"

CALL = Payload(_TAG, lambda payload: Line(LINE, payload))


def encode(whom: Peer, stanza_id: str) -> Element:
    """Return a call for somebody's attention, which nobody keeps for later."""
    payloads = [
        xml.element(NAMESPACE, "attention"),
        xml.element(xml.STANZA_IDS, "origin-id", {"id": stanza_id}),
    ]
    call = message_to(whom, payloads, stanza_id=stanza_id)
    call.set("type", "headline")
    return call


def is_call(stanza: Element) -> bool:
    """Return whether a message asks for attention."""
    return stanza.find(_TAG) is not None
