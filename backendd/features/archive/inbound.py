"""The archive is followed by what comes live: one that is caught up stays so.

Some servers (ejabberd) bring what nobody has had yet on the stream although their archive was
asked. Of that, what is older than our first look there stays history: stored now it would stand
below messages that came later, and what lies between would never be asked for.
"""

from backendd.core.inbound import Context, Envelope
from backendd.features.archive import store
from backendd.session.stages import MessageStage
from backendd.store.ledger import Ledger


def _place(context: Context, envelope: Envelope) -> tuple[str, str] | None:
    """Return the archive that has a live message, and its id there."""
    # What was held up may stand anywhere in the archive.
    is_now = envelope.way in ("live", "carbon") and not envelope.is_late
    return envelope.archive_ids[-1] if is_now and envelope.archive_ids else None


def _move_on(
    ledger: Ledger, context: Context, envelope: Envelope, place: tuple[str, str]
) -> Envelope:
    archive, stanza_id = place
    store.move_on(ledger, archive, stanza_id, envelope.time)
    return envelope


def _keeper(context: Context, envelope: Envelope) -> str | None:
    """Return the archive that has a message as well which was held up for us."""
    is_kept_twice = envelope.way == "live" and envelope.is_late and envelope.archive_ids
    return envelope.archive_ids[-1][0] if is_kept_twice and envelope.new is not None else None


def _leave_there(
    ledger: Ledger, context: Context, envelope: Envelope, archive: str
) -> Envelope | None:
    return None if envelope.time < store.load(ledger, archive).start else envelope


FOLLOW = MessageStage("follow", _place, _move_on)
FIRST_LOOK = MessageStage("first look", _keeper, _leave_there)
