"""Reactions that come, of others and of our other clients, and those that are refused."""

from collections.abc import Iterable

from backendd.api.errors import BackendError
from backendd.core import fallbacks, refusals
from backendd.core.inbound import Context, Envelope
from backendd.features.reactions import model, stanza, store
from backendd.features.reactions.model import KIND, ReactionsRefused
from backendd.features.reactions.stanza import Said
from backendd.session.stages import MessageStage
from backendd.store import references
from backendd.store.ledger import Ledger


def _said(context: Context, envelope: Envelope) -> Said | None:
    return stanza.decode(envelope.stanza)


def _take(ledger: Ledger, context: Context, envelope: Envelope, said: Said) -> Envelope:
    """Let a set of reactions count, now or when its message is here; return what else is said."""
    payload = model.write_emojis(said.emojis)
    references.speak(ledger, envelope, KIND, said.target, payload)
    return envelope._replace(stanza=fallbacks.without(envelope.stanza, stanza.NAMESPACE))


def _refused(context: Context, envelope: Envelope) -> str | None:
    return envelope.stanza.get("id") or None if envelope.is_error else None


def _revert(ledger: Ledger, context: Context, envelope: Envelope, stanza_id: str) -> Envelope:
    # Only the addressee, or a server in its name, can say so.
    if store.peer_of(ledger, stanza_id) == envelope.peer:
        _take_back(ledger, stanza_id, refusals.decode(envelope.stanza, envelope.kind).sentence)
    return envelope


def failed(ledger: Ledger, stanza_id: str, error: BackendError) -> None:
    """Let what we said before count again, where what we said last can't be sent."""
    _take_back(ledger, stanza_id, str(error))


def _take_back(ledger: Ledger, stanza_id: str, why: str) -> None:
    peer = store.peer_of(ledger, stanza_id)
    if peer is not None:
        store.revert(ledger, stanza_id)
        ledger.note(_tell, ReactionsRefused(peer, why))


def _tell(ledger: Ledger, refused: list[ReactionsRefused]) -> Iterable[object]:
    return refused


REACTED = MessageStage("reactions", _said, _take)
REACTION_REFUSED = MessageStage("refused reactions", _refused, _revert)
