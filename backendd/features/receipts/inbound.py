"""Receipts that come, and those we owe: each is due once its message is committed."""

import uuid

from backendd.core import clock, xml
from backendd.core.conversations import message_to
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.session.stages import MessageStage
from backendd.store import contacts, lanes, messages, outbox, references
from backendd.store.ledger import Ledger

KIND = "received"


def _receipt(context: Context, envelope: Envelope) -> str | None:
    """Return the id of the message that the peer has."""
    receipt = xml.child(envelope.stanza, xml.RECEIPTS, "received")
    is_theirs = envelope.kind in ("chat", "private") and envelope.direction == "in"
    if receipt is None or not is_theirs:
        return None
    return receipt.get("id") or None


def _delivered(ledger: Ledger, context: Context, envelope: Envelope, message_id: str) -> Envelope:
    references.speak(ledger, envelope, KIND, message_id)
    return envelope


def apply(ledger: Ledger, target: Target, receipt: Reference) -> bool:
    """Take note that the peer has a message of ours."""
    if target.direction == "out":
        messages.advance(ledger, [target.id], "delivered", time=receipt.time)
    return target.direction == "out"


def _wish(context: Context, envelope: Envelope) -> str | None:
    """Return the id of a message whose sender wants a receipt of us."""
    # A copy was for another client of ours, whose business the receipt is; history is past.
    is_for_us = envelope.direction == "in" and envelope.way not in ("carbon", "past")
    if envelope.kind not in ("chat", "private") or not is_for_us:
        return None
    is_wanted = xml.child(envelope.stanza, xml.RECEIPTS, "request") is not None
    return (envelope.stanza.get("id") or None) if is_wanted else None


def _answer(ledger: Ledger, context: Context, envelope: Envelope, message_id: str) -> Envelope:
    # Who may not see our presence shall not learn from a receipt that we are online.
    if envelope.message and contacts.know_of_us(ledger, envelope.whom, context.rooms):
        receipt = message_to(
            envelope.whom._replace(jid=envelope.sender.full),
            [
                xml.element(xml.RECEIPTS, "received", {"id": message_id}),
                xml.element(xml.HINTS, "store"),
            ],
            stanza_id=uuid.uuid4().hex,
        )
        outbox.add(ledger, receipt, clock.now_us(), lane=lanes.conversation(envelope.peer))
    return envelope


DELIVERED = MessageStage("receipts", _receipt, _delivered)
RECEIPT = MessageStage("receipt", _wish, _answer)
