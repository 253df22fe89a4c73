"""What comes of those who are ignored: kept for the case that they are heard again, and no news."""

from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.features.ignoring import store
from backendd.session.stages import MessageStage
from backendd.store import conversations
from backendd.store.ledger import Ledger

# What of a message stays; all else would make it count for something.
_KEPT = {
    *(f"{{{xml.CLIENT}}}{name}" for name in ("body", "subject")),
    *(f"{{{xml.STANZA_IDS}}}{name}" for name in ("stanza-id", "origin-id")),
    f"{{{xml.OCCUPANT_IDS}}}occupant-id",
    f"{{{xml.DELAY}}}delay",
    f"{{{xml.OLD_DELAY}}}x",
}


def _of_somebody(context: Context, envelope: Envelope) -> str | None:
    is_theirs = envelope.direction == "in" and not envelope.is_error
    return envelope.author.occupant_id or None if is_theirs else None


def _hush(
    ledger: Ledger, context: Context, envelope: Envelope, occupant_id: str
) -> Envelope | None:
    """Let nothing but its text through."""
    if not store.has(ledger, envelope.author.jid, occupant_id):
        return envelope
    bare = _text_alone(envelope.stanza)
    if bare is None:
        return None
    conversations.ensure_closed(ledger, envelope.whom)  # it opens none
    return envelope._replace(stanza=bare, is_unheard=True)


def _text_alone(stanza: Element) -> Element | None:
    if xml.child(stanza, xml.CLIENT, "body") is None:
        return None
    bare = Element(stanza.tag, stanza.attrib)
    bare.extend(each for each in stanza if each.tag in _KEPT)
    return bare


def _is_unheard(context: Context, envelope: Envelope) -> bool | None:
    return True if envelope.is_unheard else None


def _note(ledger: Ledger, context: Context, envelope: Envelope, found: bool) -> None:
    if envelope.message:
        store.hush(ledger, envelope.message)


HUSHED = MessageStage("of who is ignored", _of_somebody, _hush)
UNHEARD = MessageStage("unheard", _is_unheard, _note)
