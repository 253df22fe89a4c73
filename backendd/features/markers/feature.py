"""Displayed markers: what the peer has read of ours, and what we have read of theirs."""

import uuid

from backendd.core import clock, xml
from backendd.core.conversations import is_public, message_to
from backendd.features.markers import store
from backendd.features.markers.inbound import apply
from backendd.features.markers.model import IN_ROOM, KIND, Displayed
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import contacts, lanes, outbox, reading
from backendd.store.ledger import Ledger, Owner
from backendd.store.view import Contributor


class Markers(Part):
    """Tells the peer what was read, where peer and user want it; `inbound` takes what they tell."""

    disco_features = (xml.MARKERS,)

    def __init__(self, home: Home) -> None:
        self._home = home

    async def compose(self, composition: Composition) -> None:
        # In a room everybody may tell unasked (XEP-0333 4.3).
        if composition.message is not None and not is_public(composition.stanza):
            composition.stanza.append(xml.element(xml.MARKERS, "markable"))

    def read(self, ledger: Ledger, conversation_id: int, messages: list[int]) -> None:
        whom = reading.marks_for(ledger, conversation_id)
        if whom is None or not contacts.know_of_us(ledger, whom, self._home.rooms):
            return
        # In a crowd of strangers nobody asked who reads along (XEP-0333 7).
        if whom.kind == "room" and not store.is_closed(ledger, whom.jid):
            return
        message_id = reading.newest_markable(ledger, whom, messages)
        if not message_id:
            return
        marker = message_to(
            whom,
            [
                xml.element(xml.MARKERS, "displayed", {"id": message_id}),
                xml.element(xml.HINTS, "store"),
            ],
            stanza_id=uuid.uuid4().hex,
        )
        outbox.add(ledger, marker, clock.now_us(), lane=lanes.conversation(whom.jid))


FEATURE = Feature(
    "markers",
    Markers,
    contributors=(Contributor(Displayed, store.TABLE, store.load),),
    owns={KIND: Owner(apply), IN_ROOM: Owner(store.apply, takes="known")},
)
