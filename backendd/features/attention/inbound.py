"""Calls for attention that come: those of contacts count, and of a flood the first."""

from backendd.core.inbound import Context, Envelope
from backendd.features.attention import stanza, store
from backendd.session.stages import MessageStage
from backendd.store import contacts
from backendd.store.ledger import Ledger


def _again(context: Context, envelope: Envelope) -> bool | None:
    """Return True for a call that says nothing else."""
    is_bare = envelope.new is not None and envelope.new.type == "system"
    return True if is_bare and stanza.is_call(envelope.stanza) else None


def _drop(ledger: Ledger, context: Context, envelope: Envelope, found: bool) -> Envelope | None:
    # One more of them would say nothing that the one above it doesn't.
    return None if store.is_repeated(ledger, envelope) else envelope


def _called(context: Context, envelope: Envelope) -> bool | None:
    """Return whether a call counts: it is of now (XEP-0224 4), and the user wants to be called."""
    if envelope.direction != "in" or not stanza.is_call(envelope.stanza):
        return None
    is_now = envelope.way == "live" and not envelope.is_late and not envelope.claimed
    return is_now and envelope.kind == "chat" and context.settings.attention


def _note(ledger: Ledger, context: Context, envelope: Envelope, counts: bool) -> Envelope:
    if envelope.message:
        is_known = counts and contacts.exists(ledger, envelope.peer)
        store.save(ledger, envelope, counts=is_known)
    return envelope


AGAIN = MessageStage("calls once more", _again, _drop)
CALLED = MessageStage("calls", _called, _note)
