"""Sets of reactions as stanzas (XEP-0444)."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.core import xml
from backendd.core.conversations import Peer, message_to
from backendd.features.reactions import model

NAMESPACE = "urn:xmpp:reactions:0"


class Said(NamedTuple):
    """A set of reactions to the message that is named `target`."""

    target: str
    emojis: tuple[str, ...]


def encode(whom: Peer, target: str, emojis: Iterable[str], stanza_id: str) -> Element:
    """Return a message that says all our reactions to another."""
    reactions = [xml.element(NAMESPACE, "reaction", text=each) for each in emojis]
    payloads = [
        xml.element(NAMESPACE, "reactions", {"id": target}, reactions),
        xml.element(xml.STANZA_IDS, "origin-id", {"id": stanza_id}),
        xml.element(xml.HINTS, "store"),
    ]
    return message_to(whom, payloads, stanza_id=stanza_id)


def decode(stanza: Element) -> Said | None:
    """Return the reactions that a message says, if it does."""
    element = xml.child(stanza, NAMESPACE, "reactions")
    target = element.get("id", "") if element is not None else ""
    if element is None or not target:
        return None
    said = [each.text or "" for each in element[: model.SEEN] if each.tag == _REACTION]
    return Said(target, model.cleaned(said))


_REACTION = f"{{{NAMESPACE}}}reaction"
