"""Receipts: asked for with each message, given to those who may know that we are there."""

from backendd.core import xml
from backendd.core.conversations import is_public
from backendd.features.receipts.inbound import KIND, apply
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store.ledger import Owner


class Receipts(Part):
    """Asks for a receipt of each message; `inbound` takes and gives them."""

    disco_features = (xml.RECEIPTS,)

    def __init__(self, home: Home) -> None:
        self._home = home

    async def compose(self, composition: Composition) -> None:
        # In a room everybody would answer (XEP-0184 5.3).
        if composition.message is not None and not is_public(composition.stanza):
            composition.stanza.append(xml.element(xml.RECEIPTS, "request"))


FEATURE = Feature("receipts", Receipts, owns={KIND: Owner(apply)})
