"""Our own retractions, and asking a room to retract what somebody said there."""

import uuid

from backendd.api import records
from backendd.api.errors import NotAllowed, NotSupported, ServerError, UnknownMessage
from backendd.api.words import WarningWord
from backendd.core import clock, jid, xml
from backendd.core.conversations import Peer
from backendd.core.moments import Moment
from backendd.features.retractions import model, refusals, stanza, store
from backendd.features.retractions.model import KIND, Moderation, RetractionRefused
from backendd.features.retractions.stanza import Names, Version
from backendd.session import addressing
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import bodies, lanes, messages, occupancies, outbox, pages, targets
from backendd.store.ledger import Ledger
from backendd.store.outbox import Terms
from backendd.store.view import View

WARNING: WarningWord = "retraction"
NAMELESS = "this message has no id by which a retraction could name it"


class RetractionsPart(Part):
    """Announces that retractions are understood, says ours, and asks rooms for theirs."""

    disco_features = (stanza.RETRACT, stanza.OLD_RETRACT)

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(RetractionRefused, self._on_refused)

    def _on_refused(self, event: RetractionRefused) -> None:
        sentence = f"{jid.shown(event.peer)} may go on showing what you retracted: {event.why}"
        self._home.warnings.add(WARNING, event.peer, sentence)

    async def retract(self, message_id: int) -> None:
        """Erase a message of ours here, and have the others do so; one that nobody has is gone."""
        home = self._home
        sm_id = home.stream.sm_id if home.stream.is_online else ""
        said = Moment(clock.now_us(), "live", home.stream.sm_id)

        def work(ledger: Ledger) -> str:
            message = _retractable(ledger, message_id)
            whom = Peer(message.peer, message.kind)
            is_done = bodies.is_erased(ledger, message_id)
            if is_done or messages.discard(ledger, message_id, sm_id):
                return whom.jid
            home.permit(ledger, whom)
            stanza_id = str(uuid.uuid4())
            retraction = stanza.encode(whom, _names(ledger, message), stanza_id)
            # What is on its way may arrive, and is not sent again.
            messages.advance(ledger, [message_id], "sent")
            sender = occupancies.ourselves(ledger, whom, home.own)
            store.retract(ledger, message_id, said, sender=sender, stanza_id=stanza_id)
            lane, terms = lanes.conversation(whom.jid), Terms(kind=KIND)
            outbox.add(ledger, retraction, said.time, lane=lane, terms=terms)
            return whom.jid

        peer = await home.store.write(work)
        home.warnings.settle(WARNING, peer)

    async def moderate(self, room: str, message_id: int, reason: str) -> None:
        """Have a room retract a message of somebody there, and return when it has."""
        home = self._home
        whom = await addressing.conversation(home, room)
        target = await home.store.read(lambda view: _moderatable(view, whom, message_id))
        version = await self._version(whom.jid)
        if version is None:
            raise NotSupported(f"{jid.shown(whom.jid)} has no way to retract what others said")
        reason = model.cleaned(reason)
        request = stanza.encode_request(target, reason, version)
        try:
            await home.stream.request("set", whom.jid, request)
        except ServerError as error:
            raise refusals.explained(error, whom.jid) from error
        # Not every room tells who it was and why, nor does what it tells reach who has just left.
        us = home.rooms.joined.get(whom.jid)
        done = Moderation(f"{whom.jid}/{us.nick}" if us else "", reason)
        said = Moment(clock.now_us(), "live", home.stream.sm_id)
        await home.store.write(
            lambda ledger: store.retract(ledger, message_id, said, moderation=done)
        )

    async def _version(self, room: str) -> Version | None:
        features = (await self._home.disco.info(room)).features
        if xml.MODERATE in features:
            return xml.MODERATE
        return xml.OLD_MODERATE if xml.OLD_MODERATE in features else None


def _retractable(view: View, message_id: int) -> records.Message:
    message = pages.get(view, message_id)
    if message is None:
        raise UnknownMessage(f"there is no message {message_id}")
    if message.direction != "out":
        raise NotAllowed("only your own messages can be retracted")
    return message


def _names(view: View, message: records.Message) -> Names:
    name = targets.name(view, message.id)
    if not name:
        raise NotSupported(NAMELESS)
    # Outside of rooms the newer kind names the id attribute, the older one the origin id.
    return Names(name if message.kind == "room" else message.message_id or name, name)


def _moderatable(view: View, whom: Peer, message_id: int) -> str:
    message = pages.get(view, message_id)
    if message is None or (message.peer, message.kind) != (whom.jid, "room"):
        raise UnknownMessage(f"{jid.shown(whom.jid)} has no message {message_id}")
    name = targets.name(view, message_id)
    if not name:
        raise NotSupported(NAMELESS)
    return name
