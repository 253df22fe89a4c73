"""Displayed markers that come: of the peer, of occupants of rooms, and of our other clients."""

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.features.markers.model import IN_ROOM, KIND
from backendd.session.stages import MessageStage
from backendd.store import messages, reading, references, targets
from backendd.store.ledger import Ledger


def _marker(context: Context, envelope: Envelope) -> str | None:
    """Return the id of the newest message that was displayed."""
    marker = xml.child(envelope.stanza, xml.MARKERS, "displayed")
    if marker is None or envelope.kind == "system":
        return None
    return marker.get("id") or None


def _displayed(ledger: Ledger, context: Context, envelope: Envelope, message_id: str) -> Envelope:
    if envelope.kind == "room" and envelope.direction == "in":
        references.speak(ledger, envelope, IN_ROOM, message_id)
    else:
        seen = "out" if envelope.direction == "in" else "in"
        references.speak(ledger, envelope, KIND, message_id, seen)
    return envelope


def apply(ledger: Ledger, target: Target, marker: Reference) -> bool:
    """Take note of what was seen: by the peer of ours, or on another client of ours of theirs."""
    if target.direction != marker.payload:
        return False
    if target.direction == "out":
        earlier = targets.ours_up_to(ledger, target, ("sent", "delivered"))
        messages.advance(ledger, [*earlier, target.id], "displayed", time=marker.time)
    else:
        reading.mark_read_elsewhere(ledger, target.conversation, (target.place, target.id))
    return True


DISPLAYED = MessageStage("markers", _marker, _displayed)
