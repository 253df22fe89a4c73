"""Where messages end up: merged with the copy that is here, or stored; errors at what failed."""

from collections.abc import Iterable
from dataclasses import replace

from backendd.core import refusals
from backendd.core.inbound import Context, Envelope
from backendd.core.messages import NewMessage
from backendd.core.payloads import Payload, Payloads
from backendd.core.refusal import Refusal
from backendd.features.messages import stanza
from backendd.session.stages import MessageStage, Read
from backendd.store import conversations, messages, reading, settling, targets
from backendd.store.ledger import Ledger


def reads(kinds: Iterable[Payload]) -> Read:
    """Return what adds to a message what of it is to be stored, payloads of these kinds included.

    One that was opened is still known by what it was before: copies of it come sealed.
    """
    payloads = Payloads(kinds)
    return lambda context, envelope: _read(context, envelope, payloads)


def _read(context: Context, envelope: Envelope, payloads: Payloads) -> Envelope:
    new = stanza.decode(context, envelope, payloads)
    if new is not None and envelope.new is not None:
        sealed = envelope.new
        new = replace(
            new,
            message_id=sealed.message_id,
            origin_id=sealed.origin_id,
            said=sealed.said or sealed.body,
        )
    return envelope._replace(new=new)


def _error(context: Context, envelope: Envelope) -> Refusal | None:
    return refusals.decode(envelope.stanza, envelope.kind) if envelope.is_error else None


def _fail(ledger: Ledger, context: Context, envelope: Envelope, why: Refusal) -> None:
    # Only the addressee, or our own server in its name, can say that it did not get it; the
    # error then comes from where the message went to.
    conversation_id = conversations.find(ledger, envelope.peer)
    message_id = envelope.stanza.get("id", "")
    if conversation_id is None or not message_id:
        return
    # History says nothing of how it stands with the address today.
    blames_address = why.blames_address and envelope.way != "past"
    found = targets.ours(ledger, conversation_id, message_id)
    refused_at = envelope.time if blames_address else 0
    if found is not None and messages.fail(
        ledger, found.id, why.name, why.sentence, refused_at=refused_at
    ):
        settling.remove(ledger, found.id)


def _new(context: Context, envelope: Envelope) -> NewMessage | None:
    return envelope.new


def _match(
    ledger: Ledger, context: Context, envelope: Envelope, found: NewMessage
) -> Envelope | None:
    new = _known(envelope, found)
    is_known = messages.merge(ledger, new, placing=envelope.placing) is not None
    return None if is_known else envelope


def _store(ledger: Ledger, context: Context, envelope: Envelope, found: NewMessage) -> Envelope:
    new = _known(envelope, found)
    message_id, conversation_id = messages.add(ledger, new, placing=envelope.placing)
    if new.direction == "in":
        if envelope.way == "catch_up":
            reading.mark_if_answered(ledger, conversation_id, message_id)
    elif not new.is_past:  # history says nothing of what is read now
        reading.mark_answered(ledger, conversation_id, message_id)
    return envelope._replace(message=message_id, conversation=conversation_id)


def _known(envelope: Envelope, found: NewMessage) -> NewMessage:
    # Stages before may know more of it, and of its author, than could be found.
    new, author = envelope.new or found, envelope.author
    if (new.author, new.sender, new.real_jid) == (author.key, author.address, author.real_jid):
        return new
    return replace(new, author=author.key, sender=author.address, real_jid=author.real_jid)


ERRORS = MessageStage("errors", _error, _fail)
MATCH = MessageStage("match", _new, _match)
STORE = MessageStage("store", _new, _store)
