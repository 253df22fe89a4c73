"""Displayed markers: what the peer has read of ours, and what we have read of theirs."""

import uuid
from xml.etree.ElementTree import Element

from backendd.core import clock, xml
from backendd.core.inbound import Envelope
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part, Work
from backendd.store import contacts, lanes, messages, outbox, pages, reading, references
from backendd.store.ledger import Ledger


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
        mark = _displayed_by_peer if envelope.direction == "in" else _displayed_by_us
        works.append(lambda ledger: mark(ledger, envelope, message_id))
        return envelope

    def compose(self, stanza: Element, peer: str) -> None:
        stanza.append(xml.element(xml.MARKERS, "markable"))

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


def _displayed_by_peer(ledger: Ledger, envelope: Envelope, message_id: str) -> None:
    conversation_id = references.conversation(ledger, envelope)
    if conversation_id is None:
        return
    ids = pages.up_to(ledger, conversation_id, message_id, ("sent", "delivered"))
    found = pages.find(ledger, conversation_id, message_id, "out")
    if found is None:
        references.keep(ledger, conversation_id, message_id, "displayed", envelope.time)
    else:
        messages.advance(ledger, [*ids, found[0]], "displayed")


def _displayed_by_us(ledger: Ledger, envelope: Envelope, message_id: str) -> None:
    """Mark as read what another client of ours has shown."""
    conversation_id = references.conversation(ledger, envelope)
    if conversation_id is None:
        return
    found = pages.find(ledger, conversation_id, message_id, "in")
    at = pages.place(ledger, conversation_id, found[0]) if found else None
    if at is None:
        references.keep(ledger, conversation_id, message_id, "read", envelope.time)
    else:
        reading.mark_read(ledger, conversation_id, at)


FEATURE = Feature("markers", Markers)
