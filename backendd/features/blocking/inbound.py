"""Changes of the list that another client made, or this one (XEP-0191 3.3)."""

from xml.etree.ElementTree import Element

from backendd.api.errors import NotAllowed
from backendd.core import inbound
from backendd.core.inbound import Context
from backendd.features.blocking import stanza, store
from backendd.session.stages import IqStage
from backendd.store.ledger import Ledger


def _named(context: Context, iq: Element) -> set[str]:
    sender, _ = inbound.address(iq, context.own)
    # Anyone else could have us block our friends.
    if sender.full not in (context.own.bare, context.full_jid, context.own.domain):
        raise NotAllowed("only the account itself may change who is blocked")
    return stanza.decode_items(iq[0])


def _block(ledger: Ledger, context: Context, named: set[str]) -> None:
    store.add(ledger, named)


def _unblock(ledger: Ledger, context: Context, named: set[str]) -> None:
    # Who names nobody means all.
    store.unblock(ledger, named or set(store.load(ledger)))


BLOCKED = IqStage("who is blocked", "set", stanza.BLOCK, _named, _block)
UNBLOCKED = IqStage("who is unblocked", "set", stanza.UNBLOCK, _named, _unblock)
