"""Retractions and moderations as stanzas (XEP-0424, XEP-0425), of both versions of each.

The older ones are fastened to their message (XEP-0422).
"""

from typing import Literal
from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.api.tuples import NamedTuple
from backendd.core import fallbacks, jid, xml
from backendd.core.conversations import Peer, message_to
from backendd.core.payloads import Line, Payload
from backendd.features.retractions.model import Moderation, cleaned

RETRACT, OLD_RETRACT = "urn:xmpp:message-retract:1", "urn:xmpp:message-retract:0"
FASTEN = "urn:xmpp:fasten:0"

Version = Literal["urn:xmpp:message-moderate:1", "urn:xmpp:message-moderate:0"]
"""How a room is asked to retract something."""

_INSTEAD = "I retract what I wrote here before. Your program may go on showing it."


class Names(NamedTuple):
    """By what a message is named: the id of its newer kind, and that of the older one."""

    new: str
    old: str


class Retraction(NamedTuple):
    """That a message is retracted: by its author, or in a room by a moderator."""

    target: str
    moderation: Moderation | None = None


class Tombstone(NamedTuple):
    """What an archive has left of a message that was retracted."""

    moderation: Moderation | None = None


def encode(whom: Peer, names: Names, stanza_id: str) -> Element:
    """Return a message that retracts another, for programs of either version and of none."""
    payloads = [
        xml.element(RETRACT, "retract", {"id": names.new}),
        xml.element(FASTEN, "apply-to", {"id": names.old}, [xml.element(OLD_RETRACT, "retract")]),
        xml.element(fallbacks.NAMESPACE, "fallback", {"for": RETRACT}),
        xml.element(xml.CLIENT, "body", text=_INSTEAD),
        xml.element(xml.STANZA_IDS, "origin-id", {"id": stanza_id}),
        xml.element(xml.HINTS, "store"),
    ]
    return message_to(whom, payloads, stanza_id=stanza_id)


def encode_request(target: str, reason: str, version: Version) -> Element:
    """Return what asks a room to retract a message of somebody there."""
    if version == xml.MODERATE:
        what = [xml.element(RETRACT, "retract")]
        if reason:
            what.append(xml.element(xml.MODERATE, "reason", text=reason))
        return xml.element(xml.MODERATE, "moderate", {"id": target}, what)
    what = [xml.element(OLD_RETRACT, "retract")]
    if reason:
        what.append(xml.element(xml.OLD_MODERATE, "reason", text=reason))
    moderate = xml.element(xml.OLD_MODERATE, "moderate", children=what)
    return xml.element(FASTEN, "apply-to", {"id": target}, [moderate])


def decode(stanza: Element) -> Retraction | None:
    """Return which message another one retracts, if it does."""
    retract = xml.child(stanza, RETRACT, "retract")
    if retract is not None and retract.get("id"):
        moderated = xml.child(retract, xml.MODERATE, "moderated")
        said = None if moderated is None else _moderation(moderated, retract)
        return Retraction(retract.get("id", ""), said)
    fastened = xml.child(stanza, FASTEN, "apply-to")
    if fastened is None or not fastened.get("id"):
        return None
    target, moderated = fastened.get("id", ""), xml.child(fastened, xml.OLD_MODERATE, "moderated")
    if moderated is not None and xml.child(moderated, OLD_RETRACT, "retract") is not None:
        return Retraction(target, _moderation(moderated, moderated))
    is_retraction = xml.child(fastened, OLD_RETRACT, "retract") is not None
    return Retraction(target) if is_retraction else None


def decode_tombstone(stanza: Element) -> Tombstone | None:
    """Return what an archive says in place of a message; None where the message says something."""
    if xml.child_text(stanza, xml.CLIENT, "body").strip():
        return None
    moderated = xml.child(stanza, xml.OLD_MODERATE, "moderated")
    if moderated is not None and xml.child(moderated, OLD_RETRACT, "retracted") is not None:
        return Tombstone(_moderation(moderated, moderated))
    for namespace, moderating in ((RETRACT, xml.MODERATE), (OLD_RETRACT, xml.OLD_MODERATE)):
        retracted = xml.child(stanza, namespace, "retracted")
        if retracted is not None:
            moderated = xml.child(retracted, moderating, "moderated")
            return Tombstone(None if moderated is None else _moderation(moderated, retracted))
    return None


def _moderation(moderated: Element, around: Element) -> Moderation:
    """Return who moderated, and why: programs write the reason inside of this or beside it."""
    reasons = (
        each.text or ""
        for parent in (around, moderated)
        for each in parent
        if xml.split(each.tag)[1] == "reason"
    )
    return Moderation(_address(moderated.get("by", "")), cleaned(next(reasons, "")))


def _address(by: str) -> str:
    try:
        return jid.received(by).full if by else ""
    except InvalidJid:
        return ""


def _line(element: Element) -> Line | None:
    # It is stored as a message before it is emptied.
    is_alone = element.tag == _OLD_MODERATED
    if is_alone and xml.child(element, OLD_RETRACT, "retracted") is None:
        return None
    return Line("retracted", element)


_OLD_MODERATED = f"{{{xml.OLD_MODERATE}}}moderated"
TOMBSTONES = (
    Payload(f"{{{RETRACT}}}retracted", _line),
    Payload(f"{{{OLD_RETRACT}}}retracted", _line),
    Payload(_OLD_MODERATED, _line),
)
"""What an archive may say in place of a message."""
