"""A feature of the tests that erases texts: retractions (XEP-0424), as poor as can be."""

from dataclasses import replace

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.features.messages.inbound import STORE
from backendd.registry import INBOUND
from backendd.session.feature import Feature
from backendd.session.part import Part
from backendd.session.stages import Inbound, MessageStage
from backendd.store import bodies, references
from backendd.store.ledger import Ledger, Owner

RETRACT = "urn:xmpp:message-retract:1"


def _find(context: Context, envelope: Envelope) -> str | None:
    element = xml.child(envelope.stanza, RETRACT, "retract")
    return (element.get("id") or None) if element is not None else None


def _retracts(ledger: Ledger, context: Context, envelope: Envelope, target: str) -> None:
    references.speak(ledger, envelope, "retractions", target)


def _retract(ledger: Ledger, target: Target, reference: Reference) -> bool:
    bodies.erase(ledger, target.id, reference.said)
    return True


RETRACTIONS = Feature(
    "retractions",
    lambda home: Part(),
    owns={"retractions": Owner(_retract, takes="author")},
)
RETRACTED = MessageStage("retractions", _find, _retracts)


def _order() -> Inbound:
    index = INBOUND.messages.index(STORE)
    before, after = INBOUND.messages[:index], INBOUND.messages[index:]
    return replace(INBOUND, messages=(*before, RETRACTED, *after))


ORDER = _order()
