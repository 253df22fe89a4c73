"""Answers to what went out of the outbox settle it, in the transaction that says they are here."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError
from backendd.core import jid
from backendd.core.inbound import Context
from backendd.session.stages import IqStage
from backendd.store import settling
from backendd.store.ledger import Ledger
from backendd.xmpp.faults import stanza_error


class _Answer(NamedTuple):
    """An answer; its sender is empty where that is our own account or its server."""

    iq_id: str
    sender: str
    error: BackendError | None


def _answer(context: Context, stanza: Element) -> _Answer | None:
    iq_id, said = stanza.get("id", ""), stanza.get("from", "")
    if not iq_id:
        return None
    sender = jid.received(said).full if said else ""
    if sender in (context.own.bare, context.own.domain, context.full_jid):
        sender = ""
    error = stanza_error(stanza) if stanza.get("type") == "error" else None
    return _Answer(iq_id, sender, error)


def _settle(ledger: Ledger, context: Context, answer: _Answer) -> None:
    settling.answer(ledger, answer.iq_id, answer.sender, answer.error)


ANSWERS = IqStage("answers", "answer", "", _answer, _settle)
