"""The archive is followed by what comes live: one that is caught up stays so."""

from backendd.core.inbound import Context, Envelope
from backendd.features.archive import store
from backendd.session.stages import MessageStage
from backendd.store.ledger import Ledger


def _place(context: Context, envelope: Envelope) -> tuple[str, str] | None:
    """Return the archive that has a live message, and its id there."""
    is_live = envelope.way in ("live", "carbon")
    return envelope.archive_ids[-1] if is_live and envelope.archive_ids else None


def _move_on(
    ledger: Ledger, context: Context, envelope: Envelope, place: tuple[str, str]
) -> Envelope:
    archive, stanza_id = place
    store.move_on(ledger, archive, stanza_id, envelope.time)
    return envelope


FOLLOW = MessageStage("follow", _place, _move_on)
