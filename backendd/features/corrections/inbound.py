"""Corrections that come, of others and of our other clients, and those that are refused."""

from collections.abc import Iterable

from backendd.api.errors import BackendError
from backendd.core import refusals
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.features.corrections import stanza, store
from backendd.features.corrections.model import KIND, CorrectionRefused
from backendd.session.stages import MessageStage
from backendd.store import bodies, references
from backendd.store.ledger import Ledger


def _target(context: Context, envelope: Envelope) -> str | None:
    return None if envelope.is_error else stanza.decode(envelope.stanza) or None


def _speak(ledger: Ledger, context: Context, envelope: Envelope, target: str) -> Envelope:
    """Have a message that is stored be what another says, now or when that one is here."""
    if envelope.message:
        references.speak(ledger, envelope, KIND, target)
    return envelope


def apply(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Fold the message that corrects another into it."""
    if reference.message is not None:
        folded = bodies.fold(ledger, reference.message, target.id, reference.said)
        if folded is not None:
            store.keep(ledger, target.id, folded)
    return True


def _refused(context: Context, envelope: Envelope) -> str | None:
    return envelope.stanza.get("id") or None if envelope.is_error else None


def _revert(
    ledger: Ledger, context: Context, envelope: Envelope, stanza_id: str
) -> Envelope | None:
    # Only the addressee, or a server in its name, can say so. It says nothing of the message.
    peer = store.peer_of(ledger, stanza_id)
    if peer is None:
        return envelope
    if peer == envelope.peer:
        failed(
            ledger,
            stanza_id,
            BackendError(refusals.decode(envelope.stanza, envelope.kind).sentence),
        )
    return None


def failed(ledger: Ledger, stanza_id: str, error: BackendError) -> None:
    """Let what was said before hold again, where a correction of ours is not taken, or not sent."""
    peer = store.peer_of(ledger, stanza_id)
    if peer is not None:
        store.take_back(ledger, stanza_id)
        ledger.note(_tell, CorrectionRefused(peer, str(error)))


def _tell(ledger: Ledger, refused: list[CorrectionRefused]) -> Iterable[object]:
    return refused


CORRECTED = MessageStage("corrections", _target, _speak)
CORRECTION_REFUSED = MessageStage("refused corrections", _refused, _revert)
