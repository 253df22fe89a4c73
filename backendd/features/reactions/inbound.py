"""Reactions that come, of others and of our other clients, and those that are refused."""

from dataclasses import replace

from backendd.core.inbound import Envelope
from backendd.features.reactions import stanza, store
from backendd.features.reactions.model import Reactions, Source
from backendd.features.reactions.stanza import Said
from backendd.store import conversations, references
from backendd.store.ledger import Ledger
from backendd.store.places import PlaceFirst

KIND = "reactions"


def take(ledger: Ledger, sm_id: str, envelope: Envelope, said: Said) -> None:
    """Let a set of reactions count, now or when its message is here."""
    new = Reactions(
        said.emojis,
        envelope.time,
        _source(envelope),
        sm_id,
        is_backwards=isinstance(envelope.placing, PlaceFirst),
    )
    references.speak(ledger, envelope, KIND, said.target, new.written())


def _source(envelope: Envelope) -> Source:
    if envelope.way == "past":
        return "past"
    return "archive" if envelope.way == "catch_up" or envelope.is_late else "live"


def refuse(ledger: Ledger, envelope: Envelope) -> None:
    """Let what we said before count again, where the addressee refuses what we said last."""
    conversation_id = conversations.find(ledger, envelope.peer)
    if conversation_id is not None:
        store.revert(ledger, conversation_id, envelope.stanza.get("id", ""))


def rest(envelope: Envelope) -> Envelope:
    """Return what a message says besides reactions."""
    return replace(envelope, stanza=stanza.without_fallback(envelope.stanza))
