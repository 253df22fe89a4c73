"""Challenges that come: kept for the user to answer, where they are about what we sent."""

from collections.abc import Iterable

from backendd.core.inbound import Context, Envelope
from backendd.features.challenges import stanza
from backendd.features.challenges.model import Challenge
from backendd.session.stages import MessageStage
from backendd.store import conversations, targets
from backendd.store.ledger import Ledger


def _asked(context: Context, envelope: Envelope) -> Challenge | None:
    # Later, or on another client, nobody waits for the answer any more.
    is_live = envelope.way == "live" and envelope.direction == "in" and not envelope.is_error
    return stanza.decode(envelope) if is_live else None


def _take(
    ledger: Ledger, context: Context, envelope: Envelope, found: Challenge
) -> Envelope | None:
    """Have the user asked; what nothing of ours has caused is a message as any other."""
    is_ours = context.sent.has(found.about, found.stanza_id) or _is_message(ledger, found)
    if not is_ours:
        return envelope
    ledger.note(_tell, found)
    return None


def _is_message(ledger: Ledger, found: Challenge) -> bool:
    conversation_id = conversations.find(ledger, found.about)
    if conversation_id is None or not found.stanza_id:
        return False
    return targets.ours(ledger, conversation_id, found.stanza_id) is not None


def _tell(ledger: Ledger, found: list[Challenge]) -> Iterable[object]:
    return found


CHALLENGED = MessageStage("challenges", _asked, _take)
