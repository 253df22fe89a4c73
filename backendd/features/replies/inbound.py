"""Answers that come: what they quote is taken out of their text, and what they answer is found."""

from xml.etree.ElementTree import Element

from backendd.core.inbound import Context, Envelope
from backendd.features.replies import stanza, store
from backendd.features.replies.model import KIND
from backendd.features.replies.stanza import Said
from backendd.session.stages import MessageStage
from backendd.store import references
from backendd.store.ledger import Ledger


def _quoting(context: Context, envelope: Envelope) -> Element | None:
    return stanza.without_quotation(envelope.stanza)


def _take_quotation(
    ledger: Ledger, context: Context, envelope: Envelope, rest: Element
) -> Envelope:
    return envelope._replace(stanza=rest)


def _said(context: Context, envelope: Envelope) -> Said | None:
    said = stanza.decode(envelope.stanza)
    return said if said is not None and len(said.name) <= references.LONGEST_ID else None


def _answer(ledger: Ledger, context: Context, envelope: Envelope, said: Said) -> Envelope:
    if envelope.message and store.save(ledger, envelope.message, said.name, quote=said.quote):
        references.speak(ledger, envelope, KIND, said.name)
    return envelope


QUOTED = MessageStage("quotations", _quoting, _take_quotation)
REPLIED = MessageStage("replies", _said, _answer)
