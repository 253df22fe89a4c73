"""Displayed markers: what the peer has read of ours, and what we have read of theirs."""

import uuid

from backendd.core import clock, xml
from backendd.core.inbound import Envelope
from backendd.core.references import Reference, Target
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part, Work
from backendd.store import contacts, lanes, messages, outbox, reading, references, targets
from backendd.store.ledger import Ledger, Owner

_KIND = "displayed"


class Markers(Part):
    """Moves messages to `displayed`; tells the peer only where peer and user want it."""

    disco_features = (xml.MARKERS,)

    def __init__(self, home: Home) -> None:
        self._home = home

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        marker = xml.child(envelope.stanza, xml.MARKERS, "displayed")
        message_id = marker.get("id", "") if marker is not None else ""
        if not message_id or envelope.is_error:
            return envelope
        seen = "out" if envelope.direction == "in" else "in"
        works.append(lambda ledger: references.speak(ledger, envelope, _KIND, message_id, seen))
        return envelope

    async def compose(self, composition: Composition) -> None:
        if composition.message is not None:
            composition.stanza.append(xml.element(xml.MARKERS, "markable"))

    def read(self, ledger: Ledger, conversation_id: int, messages: list[int]) -> None:
        peer = reading.marks_for(ledger, conversation_id)
        if peer is None or not contacts.sees_us(ledger, peer):
            return
        message_id = reading.newest_markable(ledger, messages)
        if not message_id:
            return
        marker = xml.element(
            xml.CLIENT,
            "message",
            {"to": peer, "type": "chat", "id": uuid.uuid4().hex},
            [
                xml.element(xml.MARKERS, "displayed", {"id": message_id}),
                xml.element(xml.HINTS, "store"),
            ],
        )
        outbox.add(ledger, marker, clock.now_us(), lane=lanes.conversation(peer))


def _displayed(ledger: Ledger, target: Target, marker: Reference) -> bool:
    """Take note of what was seen: by the peer of ours, or on another client of ours of theirs."""
    if target.direction != marker.payload:
        return False
    if target.direction == "out":
        earlier = targets.ours_up_to(ledger, target, ("sent", "delivered"))
        messages.advance(ledger, [*earlier, target.id], "displayed")
    else:
        reading.mark_read(ledger, target.conversation, (target.place, target.id))
    return True


FEATURE = Feature("markers", Markers, owns={_KIND: Owner(_displayed)})
