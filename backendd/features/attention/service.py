"""Our own calls for attention: sent now, or not at all."""

import uuid

from backendd.api.errors import NotConnected, NotSupported
from backendd.core import clock
from backendd.core.conversations import Peer
from backendd.core.messages import NewMessage, Sent
from backendd.features.attention import model, stanza
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import lanes, messages, outbox
from backendd.store.ledger import Ledger


class AttentionPart(Part):
    """Announces that the user may be called, and calls others."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @property
    def disco_features(self) -> tuple[str, ...]:
        return (model.NAMESPACE,) if self._home.profile.settings.attention else ()

    async def call(self, whom: Peer) -> None:
        """Ask for somebody's attention; NotConnected, NotSupported."""
        home = self._home
        if whom.kind == "room":
            raise NotSupported("a whole room can't be called: write the nick of whom you mean")
        if not home.stream.is_online:
            raise NotConnected("go online first: a call for attention that comes late is of no use")
        stanza_id, now = str(uuid.uuid4()), clock.now_us()

        def work(ledger: Ledger) -> None:
            home.permit(ledger, whom)
            new = NewMessage(
                peer=whom.jid,
                kind=whom.kind,
                direction="out",
                source="sent",
                sender=home.own,
                body=model.LINE,
                type="system",
                time=now,
                way="sent",
                message_id=stanza_id,
                origin_id=stanza_id,
                state="pending",
            )
            message_id = messages.add(ledger, new).id
            call = stanza.encode(whom, stanza_id)
            lane = lanes.conversation(whom.jid)
            outbox.add(ledger, call, now, lane=lane, message_id=message_id)

        await home.store.write(work)
        home.events.publish(Sent(whom.jid))
