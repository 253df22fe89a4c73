"""Retractions that come: of authors, of moderators, and what archives have left of a message."""

from collections.abc import Iterable

from backendd.api.errors import BackendError
from backendd.core import refusals
from backendd.core.inbound import Context, Envelope
from backendd.core.messages import NewMessage
from backendd.core.references import Reference, Target
from backendd.features.retractions import model, stanza, store
from backendd.features.retractions.model import KIND, MODERATION, RetractionRefused
from backendd.features.retractions.stanza import Retraction, Tombstone
from backendd.session.stages import MessageStage
from backendd.store import bodies, copies, messages, references
from backendd.store.ledger import Ledger


def _said(context: Context, envelope: Envelope) -> Retraction | None:
    return None if envelope.is_error else stanza.decode(envelope.stanza)


def _take(ledger: Ledger, context: Context, envelope: Envelope, said: Retraction) -> None:
    """Let it count, now or when its message is here; what else it says stands in for it."""
    if said.moderation is None:
        references.speak(ledger, envelope, KIND, said.target)
    else:
        references.speak(ledger, envelope, MODERATION, said.target, said.moderation.written())


def apply(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Erase a message whose author takes it back."""
    _arrived(ledger, target)
    store.retract(ledger, target.id, reference.said, sender=reference.sender)
    return True


def moderate(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Erase a message that its room takes back."""
    _arrived(ledger, target)
    moderation = model.read(reference.payload)
    store.retract(ledger, target.id, reference.said, moderation=moderation)
    return True


def _arrived(ledger: Ledger, target: Target) -> None:
    # Who speaks of it has it, and it shall not be sent again.
    if target.direction == "out":
        messages.advance(ledger, [target.id], "sent")


def _left(context: Context, envelope: Envelope) -> Tombstone | None:
    return None if envelope.is_error else stanza.decode_tombstone(envelope.stanza)


def _bury(ledger: Ledger, context: Context, envelope: Envelope, left: Tombstone) -> Envelope | None:
    """Erase the message that an archive has no more, whether it was here before or is only now."""
    if envelope.way not in ("catch_up", "past"):
        return None  # nobody else can say so
    message_id = envelope.message or copies.archived(ledger, envelope.archive_ids)
    if message_id:
        store.retract(ledger, message_id, envelope.said, moderation=left.moderation)
    return envelope


def _stored(context: Context, envelope: Envelope) -> NewMessage | None:
    return envelope.new


def _empty(ledger: Ledger, context: Context, envelope: Envelope, found: NewMessage) -> Envelope:
    """Remove what others have added to a message that was retracted before it was here."""
    may_be = envelope.message and ledger.contributors.may_have(store.TABLE)
    if may_be and bodies.is_erased(ledger, envelope.message):
        ledger.contributors.erase(ledger, envelope.message)
    return envelope


def _refused(context: Context, envelope: Envelope) -> str | None:
    return envelope.stanza.get("id") or None if envelope.is_error else None


def _warn(ledger: Ledger, context: Context, envelope: Envelope, stanza_id: str) -> Envelope:
    if store.peer_of(ledger, stanza_id) == envelope.peer:
        failed(
            ledger,
            stanza_id,
            BackendError(refusals.decode(envelope.stanza, envelope.kind).sentence),
        )
    return envelope


def failed(ledger: Ledger, stanza_id: str, error: BackendError) -> None:
    """Have it told that a retraction of ours is not taken, or not sent."""
    peer = store.peer_of(ledger, stanza_id)
    if peer is not None:
        ledger.note(_tell, RetractionRefused(peer, str(error)))


def _tell(ledger: Ledger, refused: list[RetractionRefused]) -> Iterable[object]:
    return refused


RETRACTED = MessageStage("retractions", _said, _take)
BURIED = MessageStage("tombstones", _left, _bury)
EMPTIED = MessageStage("what was retracted before", _stored, _empty)
RETRACTION_REFUSED = MessageStage("refused retractions", _refused, _warn)
