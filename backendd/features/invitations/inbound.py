"""Invitations that come, and ours that come back."""

from backendd.api.errors import BackendError
from backendd.core import refusals
from backendd.core.inbound import Context, Envelope
from backendd.features.invitations import stanza, store
from backendd.features.invitations.model import Invited
from backendd.session.stages import MessageStage
from backendd.store import bookmarks
from backendd.store.ledger import Ledger


def _invited(context: Context, envelope: Envelope) -> Invited | None:
    # What history tells of has been answered, or nobody waits for it any more.
    return stanza.decode(envelope) if envelope.way != "past" else None


def _take(ledger: Ledger, context: Context, envelope: Envelope, found: Invited) -> Envelope:
    kept = bookmarks.find(ledger, found.room)
    is_answered = found.room in context.rooms.joined or (kept is not None and kept.autojoin)
    if not is_answered:
        store.save(ledger, found, envelope.time)
    return envelope


def _refused(context: Context, envelope: Envelope) -> str | None:
    return envelope.stanza.get("id") or None if envelope.is_error else None


def _refuse(ledger: Ledger, context: Context, envelope: Envelope, stanza_id: str) -> Envelope:
    # Only to whom it went, or a server in their name, can say so.
    sent, sender = store.sent(ledger, stanza_id), envelope.sender.bare
    if sent is not None and sender in sent:
        room, _ = sent
        why = refusals.decode(envelope.stanza, "invitation" if sender == room else "chat")
        store.refuse(ledger, stanza_id, why.sentence)
    return envelope


def failed(ledger: Ledger, stanza_id: str, error: BackendError) -> None:
    """Have it told that an invitation of ours can't be sent."""
    store.refuse(ledger, stanza_id, str(error))


INVITED = MessageStage("invitations", _invited, _take)
INVITATION_REFUSED = MessageStage("refused invitations", _refused, _refuse)
