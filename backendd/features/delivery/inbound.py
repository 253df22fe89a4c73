"""Answers to what went out of the outbox settle it, in the transaction that says they are here.

One that refuses it for now (RFC 6120 8.3.2: wait) is none until it came three times.
"""

from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError
from backendd.api.tuples import NamedTuple
from backendd.core import jid
from backendd.core.inbound import Context
from backendd.core.passing import passes
from backendd.session.stages import IqStage
from backendd.store import doubts, settling
from backendd.store.ledger import Ledger
from backendd.xmpp.faults import stanza_error


class _Answer(NamedTuple):
    """An answer; of one that was too large to be kept nothing else is known."""

    iq_id: str
    sender: str
    error: BackendError | None


def _answer(context: Context, stanza: Element) -> _Answer | None:
    iq_id = stanza.get("id", "")
    if not iq_id:
        return None
    error = stanza_error(stanza) if stanza.get("type") == "error" else None
    return _Answer(iq_id, stanza.get("from", ""), error)


def _settle(ledger: Ledger, context: Context, answer: _Answer) -> None:
    own = jid.received(context.full_jid) if context.full_jid else context.own

    def is_answer(asked: str) -> bool:
        return jid.may_answer(own, asked, answer.sender)

    is_passing = answer.error is not None and passes(answer.error)
    if not (is_passing and doubts.postpone(ledger, answer.iq_id, is_answer)):
        settling.answer(ledger, answer.iq_id, is_answer, answer.error)


ANSWERS = IqStage("answers", "answer", "", _answer, _settle)
