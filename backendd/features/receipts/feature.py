"""Receipts: asked for with each message, given to those who may know that we are there."""

import uuid

from backendd.core import clock, xml
from backendd.core.inbound import Envelope
from backendd.core.references import Reference, Target
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part, Work
from backendd.store import contacts, lanes, messages, outbox, references
from backendd.store.ledger import Ledger, Owner

_KIND = "received"


class Receipts(Part):
    """Moves messages to `delivered`, and answers requests once the message is committed."""

    disco_features = (xml.RECEIPTS,)

    def __init__(self, home: Home) -> None:
        self._home = home

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        receipt = xml.child(envelope.stanza, xml.RECEIPTS, "received")
        if receipt is None:
            return envelope
        message_id = receipt.get("id", "")
        if envelope.direction == "in" and message_id and not envelope.is_error:
            works.append(lambda ledger: references.speak(ledger, envelope, _KIND, message_id))
        return envelope

    async def compose(self, composition: Composition) -> None:
        if composition.message is not None:
            composition.stanza.append(xml.element(xml.RECEIPTS, "request"))

    def stored(self, ledger: Ledger, envelope: Envelope, conversation_id: int) -> None:
        message_id = envelope.stanza.get("id", "")
        is_wanted = xml.child(envelope.stanza, xml.RECEIPTS, "request") is not None
        # A copy was for another client of ours, whose business the receipt is; history is past.
        if not is_wanted or not message_id or envelope.way in ("carbon", "past"):
            return
        # Who may not see our presence shall not learn from a receipt that we are online.
        if not contacts.sees_us(ledger, envelope.peer):
            return
        receipt = xml.element(
            xml.CLIENT,
            "message",
            {"to": envelope.sender.full, "type": "chat", "id": uuid.uuid4().hex},
            [
                xml.element(xml.RECEIPTS, "received", {"id": message_id}),
                xml.element(xml.HINTS, "store"),
            ],
        )
        outbox.add(ledger, receipt, clock.now_us(), lane=lanes.conversation(envelope.peer))


def _delivered(ledger: Ledger, target: Target, receipt: Reference) -> bool:
    if target.direction == "out":
        messages.advance(ledger, [target.id], "delivered")
    return target.direction == "out"


FEATURE = Feature("receipts", Receipts, owns={_KIND: Owner(_delivered)})
