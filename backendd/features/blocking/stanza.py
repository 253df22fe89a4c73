"""The list of who is blocked, and changes of it, as elements (XEP-0191, XEP-0377)."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.api.words import Report
from backendd.core import jid, xml

NAMESPACE = "urn:xmpp:blocking"
REPORTING = "urn:xmpp:reporting:1"

BLOCK = f"{{{NAMESPACE}}}block"
UNBLOCK = f"{{{NAMESPACE}}}unblock"

_REASONS: Mapping[Report, str] = {
    "spam": "urn:xmpp:reporting:spam",
    "abuse": "urn:xmpp:reporting:abuse",
}


def encode_get() -> Element:
    """Return the payload that asks for the list, and to be told of its changes."""
    return xml.element(NAMESPACE, "blocklist")


def encode_block(address: str, report: Report) -> Element:
    """Return the payload that blocks an address, and reports it where `report` says for what."""
    item = xml.element(NAMESPACE, "item", {"jid": address})
    if report:
        item.append(xml.element(REPORTING, "report", {"reason": _REASONS[report]}))
    return xml.element(NAMESPACE, "block", children=[item])


def encode_unblock(address: str) -> Element:
    """Return the payload that blocks an address no longer."""
    item = xml.element(NAMESPACE, "item", {"jid": address})
    return xml.element(NAMESPACE, "unblock", children=[item])


def encode_probe(address: str) -> Element:
    """Return what asks for the presence of a contact (RFC 6121 4.3)."""
    return xml.element(xml.CLIENT, "presence", {"to": address, "type": "probe"})


def decode_list(iq: Element) -> set[str]:
    """Return who is blocked, by the answer to `encode_get`."""
    found = xml.child(iq, NAMESPACE, "blocklist")
    return decode_items(found) if found is not None else set()


def decode_items(parent: Element) -> set[str]:
    """Return whom a list or a change of it names; what is no address blocks nobody."""
    found = set()
    for item in parent.iterfind(f"{{{NAMESPACE}}}item"):
        try:
            found.add(jid.received(item.get("jid", "")).full)
        except InvalidJid:
            continue
    return found
