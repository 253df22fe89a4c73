"""Challenges as they come, and their answers (XEP-0158)."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.core import forms, jid, xml
from backendd.core.inbound import Envelope
from backendd.features.challenges.model import Challenge

NAMESPACE = "urn:xmpp:captcha"
_HASHCASH = "SHA-256"  # work for a processor, which only slows down who has few of them
_LIMIT = 1000
_TEXT_LIMIT = 4000


def decode(envelope: Envelope) -> Challenge | None:
    """Return what a message asks, None where it asks nothing, or for somebody else."""
    captcha = xml.child(envelope.stanza, NAMESPACE, "captcha")
    form = forms.find(captcha, NAMESPACE) if captcha is not None else None
    about = _bare(form.value("from")) if form is not None else ""
    sender = envelope.sender
    # Else somebody could have others answer what they are asked themselves.
    if form is None or not about or about not in (sender.bare, _whom(about, sender.full)):
        return None
    link = xml.child(envelope.stanza, xml.LINK, "x")
    url = xml.child_text(link, xml.LINK, "url") if link is not None else ""
    return Challenge(
        sender=sender.full,
        about=about,
        stanza_id=form.value("sid"),
        form=replace(form, fields=tuple(each for each in form.fields if each.var != _HASHCASH)),
        text=text.clean(xml.child_text(envelope.stanza, xml.CLIENT, "body"), limit=_TEXT_LIMIT),
        url=text.clean_line(url, limit=_LIMIT),
        time=envelope.time,
        stanza=envelope.stanza,
    )


def _whom(about: str, sender: str) -> str:
    """Return the address itself where its server asks, else nobody's."""
    return about if sender == about.rpartition("@")[2] else ""


def encode_answer(filled: Element) -> Element:
    """Return the payload that answers with a form that was filled in."""
    return xml.element(NAMESPACE, "captcha", children=[filled])


def encode_decline(challenge: Challenge) -> Element:
    """Return the message that says that a challenge will not be answered."""
    condition = xml.element(xml.STANZA_ERRORS, "not-acceptable")
    error = xml.element(xml.CLIENT, "error", {"type": "modify"}, [condition])
    attributes = {"to": challenge.sender, "type": "error", "id": challenge.stanza.get("id", "")}
    return xml.element(xml.CLIENT, "message", attributes, [error])


def _bare(written: str) -> str:
    try:
        return jid.received(written).bare if written else ""
    except InvalidJid:
        return ""
