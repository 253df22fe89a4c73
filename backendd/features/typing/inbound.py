"""Chat states that come (XEP-0085)."""

from collections.abc import Iterable

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.features.typing.model import TypingNoticed
from backendd.session.stages import MessageStage
from backendd.store.ledger import Ledger

_COMPOSING = f"{{{xml.CHAT_STATES}}}composing"
_OTHERS = (f"{{{xml.CHAT_STATES}}}{s}" for s in ("active", "paused", "inactive", "gone"))
_STATES = {_COMPOSING, *_OTHERS}


def _notice(context: Context, envelope: Envelope) -> TypingNoticed | None:
    is_theirs = envelope.direction == "in" and envelope.kind != "system"
    if not is_theirs or envelope.way != "live" or envelope.is_error:
        return None
    # Whoever says something, also without a body, has stopped typing it.
    is_said = envelope.new is not None
    tags = set() if is_said else {child.tag for child in envelope.stanza}
    if not is_said and not tags & _STATES:
        return None
    is_typing = _COMPOSING in tags
    author, client = envelope.author, envelope.sender.full
    return TypingNoticed(envelope.peer, author.address, author.key, client, is_typing=is_typing)


def _note(ledger: Ledger, context: Context, envelope: Envelope, notice: TypingNoticed) -> Envelope:
    ledger.note(_tell, notice)
    return envelope


def _tell(ledger: Ledger, notices: list[TypingNoticed]) -> Iterable[object]:
    # Of each client what it said last; in a room it may also talk to us alone.
    return {(notice.peer, notice.client): notice for notice in notices}.values()


CHAT_STATES = MessageStage("chat states", _notice, _note)
