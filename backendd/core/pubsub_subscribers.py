"""Who has subscribed to a node, as its owner asks for it and ends it (XEP-0060 8.8)."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import jid, xml
from backendd.core.pubsub import OWNER

_WAITING = ("pending", "none")


def ask(node: str) -> Element:
    """Return the payload that asks who has subscribed to a node, or wants to."""
    return _asked(node, [])


def end(node: str, subscribers: Iterable[str]) -> Element:
    """Return the payload that ends subscriptions of these addresses to a node."""
    ended = [{"jid": each, "subscription": "none"} for each in subscribers]
    return _asked(node, [xml.element(OWNER, "subscription", each) for each in ended])


def decide(node: str, jid: str, *, is_allowed: bool, subid: str = "") -> Element:
    """Return the payload that agrees to a subscription that waits for that, or ends it."""
    state = "subscribed" if is_allowed else "none"
    said = {"jid": jid, "subscription": state} | ({"subid": subid} if subid else {})
    return _asked(node, [xml.element(OWNER, "subscription", said)])


def decode(iq: Element, *, and_waiting: bool = True) -> tuple[str, ...]:
    """Return the addresses that have subscribed to a node, or want to as well."""
    found = iq.iterfind(f"{{{OWNER}}}pubsub/{{{OWNER}}}subscriptions/{{{OWNER}}}subscription")
    meant = (each for each in found if and_waiting or each.get("subscription") not in _WAITING)
    return tuple(filter(None, (_address(each.get("jid", "")) for each in meant)))


def _asked(node: str, subscriptions: list[Element]) -> Element:
    asked = xml.element(OWNER, "subscriptions", {"node": node}, subscriptions)
    return xml.element(OWNER, "pubsub", children=[asked])


def _address(written: str) -> str:
    try:
        return jid.received(written).full
    except InvalidJid:
        return ""
