"""What people attach to an item (XEP-0470): each has one item for it in a node of its own."""

from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import jid, pubsub, xml
from backendd.core.attachments import ATTACHMENTS, node_of, target_of
from backendd.core.entries import HEARTS
from backendd.core.pubsub import PUBSUB, Item
from backendd.core.uris import ItemAddress

_MOST = 50
_WRITTEN_AS = frozenset({f"{{{ATTACHMENTS}}}", f"{{{PUBSUB}}}"})
"""The namespaces of what is attached: the examples of XEP-0470 have it without one."""


def person(item_id: str) -> str:
    """Return whose item it is, as a bare JID; empty where it is nobody's."""
    try:
        return jid.parse(item_id).bare
    except InvalidJid:
        return ""


def whose(item: Item) -> str:
    """Return who has attached an item, empty where its service says that it was another."""
    who = person(item.id)
    return who if not item.publisher or person(item.publisher) == who else ""


def is_like(attachments: Element | None) -> bool:
    """Return whether what somebody has attached says that they like it."""
    if attachments is None or _name(attachments) != "attachments":
        return False
    children = list(attachments)[:_MOST]
    emojis = [
        each.text or ""
        for reactions in children
        if _name(reactions) == "reactions"
        for each in list(reactions)[:_MOST]
    ]
    has_heart = any(each.strip() in HEARTS for each in emojis)
    return has_heart or any(_name(each) == "noticed" for each in children)


def attach(target: ItemAddress, own: str, own_id: str, payload: Element) -> Element:
    """Return the iq by which we attach something to an item; `own` is our bare JID."""
    asked = pubsub.publish(node_of(target), Item(own, payload))
    to = {} if target.service == own else {"to": target.service}
    return xml.element(xml.CLIENT, "iq", {"type": "set", "id": own_id, **to}, [asked])


def attached(iq: Element, own: str) -> tuple[ItemAddress, Element] | None:
    """Return to what an iq attaches something of ours, and its item; None where it doesn't."""
    publish = iq.find(f"{{{PUBSUB}}}pubsub/{{{PUBSUB}}}publish")
    at = target_of(publish.get("node", "")) if publish is not None else None
    item = publish.find(f"{{{PUBSUB}}}item") if publish is not None else None
    if at is None or item is None or item.get("id") != own or not len(item):
        return None
    return at, item


def liking(before: Element | None, time: int, *, likes: bool) -> Element:
    """Return what we attach from now on: what was there before, but for that we like it or not."""
    rests = map(_rest, before if before is not None else ())
    kept = [each for each in rests if each is not None]
    found = xml.element(ATTACHMENTS, "attachments", children=kept)
    if likes:
        stamp = {"timestamp": xml.format_time(time)}
        found.append(xml.element(ATTACHMENTS, "noticed", stamp))
    return found


def _rest(attachment: Element) -> Element | None:
    """Return what is attached without that it likes something."""
    name = _name(attachment)
    if name == "noticed":
        return None
    if name != "reactions":
        return attachment
    left = [each for each in attachment if (each.text or "").strip() not in HEARTS]
    return xml.element(ATTACHMENTS, "reactions", dict(attachment.attrib), left) if left else None


def _name(element: Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    return name if f"{namespace}}}" in _WRITTEN_AS else ""
