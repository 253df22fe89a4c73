"""Answers as stanzas (XEP-0461), and the quotation that stands in for it (XEP-0428)."""

from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.tuples import NamedTuple
from backendd.core import fallbacks, xml
from backendd.features.replies import model
from backendd.features.replies.model import Answered

NAMESPACE = "urn:xmpp:reply:0"
_BODY = f"{{{xml.CLIENT}}}body"


class Said(NamedTuple):
    """The name of the message that another one answers, and what that says of it."""

    name: str
    quote: str


def add(stanza: Element, answered: Answered) -> None:
    """Have a message say which one it answers, and quote it for those who don't know of that."""
    attributes = {"id": answered.name} | ({"to": answered.author} if answered.author else {})
    stanza.append(xml.element(NAMESPACE, "reply", attributes))
    body = xml.child(stanza, xml.CLIENT, "body")
    if body is None or not answered.body.strip():
        return
    quotation = model.quotation(answered.body)
    body.text = quotation + (body.text or "")
    part = xml.element(fallbacks.NAMESPACE, "body", {"start": "0", "end": str(len(quotation))})
    stanza.append(xml.element(fallbacks.NAMESPACE, "fallback", {"for": NAMESPACE}, [part]))


def decode(stanza: Element) -> Said | None:
    """Return which message another one answers, and what it is said to say."""
    reply = xml.child(stanza, NAMESPACE, "reply")
    name = reply.get("id", "") if reply is not None else ""
    if reply is None or not name:
        return None
    return Said(name, text.clean(reply.text or "", limit=model.LONGEST_QUOTE))


def without_quotation(stanza: Element) -> Element | None:
    """Return an answer without the quotation before it, which its reply element has as its text.

    None where it has none: what is no quotation, or all that is said, is for people to read.
    """
    reply = xml.child(stanza, NAMESPACE, "reply")
    if reply is None or not reply.get("id"):
        return None
    rest, gone = fallbacks.split(stanza, NAMESPACE)
    quote = model.quoted(gone) if gone else None
    if quote is None or rest.find(_BODY) is None:
        return None
    for index, child in enumerate(rest):
        if child is reply:
            rest[index] = xml.element(NAMESPACE, "reply", reply.attrib, text=quote)
    return rest
