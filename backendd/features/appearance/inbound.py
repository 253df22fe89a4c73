"""Messages that come and say how they are to be shown."""

from backendd.core.inbound import Context, Envelope
from backendd.features.appearance import stanza, store
from backendd.features.appearance.model import Appearance
from backendd.session.stages import MessageStage
from backendd.store.ledger import Ledger


def _asked(context: Context, envelope: Envelope) -> Appearance | None:
    return stanza.decode(envelope.stanza)


def _note(ledger: Ledger, context: Context, envelope: Envelope, asked: Appearance) -> Envelope:
    if envelope.message:
        store.save(ledger, envelope.message, asked)
    return envelope


SHOWN = MessageStage("appearance", _asked, _note)
