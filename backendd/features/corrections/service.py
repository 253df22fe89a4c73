"""Our own corrections: they count at once, and are sent as soon as there is a stream."""

import uuid
from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import NotAllowed, NotSupported, UnknownMessage
from backendd.api.words import WarningWord
from backendd.core import clock, jid, shared_files
from backendd.core.conversations import Peer
from backendd.core.encoding import decode
from backendd.core.messages import sendable
from backendd.core.moments import Moment
from backendd.features.corrections import stanza, store
from backendd.features.corrections.model import KIND, CorrectionRefused
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import attachments, bodies, lanes, outbox, pages
from backendd.store.bodies import Text
from backendd.store.ledger import Ledger
from backendd.store.outbox import Terms
from backendd.store.view import View

WARNING: WarningWord = "correction"


class CorrectionsPart(Part):
    """Announces that corrections are understood, and says ours."""

    disco_features = (stanza.NAMESPACE,)

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(CorrectionRefused, self._on_refused)

    async def compose(self, composition: Composition) -> None:
        if composition.message is None and stanza.decode(composition.stanza):
            stanza_id = composition.stanza.get("id", "")
            composition.corrects = await self._home.store.read(
                lambda view: store.corrected(view, stanza_id)
            )

    def _on_refused(self, event: CorrectionRefused) -> None:
        sentence = f"your correction to {jid.shown(event.peer)} is taken back: {event.why}"
        self._home.warnings.add(WARNING, event.peer, sentence)

    async def correct(self, message_id: int, body: str) -> None:
        """Have a message of ours say something else; one that nobody has yet is sent so.

        The addresses of its files stay in it: they are still told of.
        """
        said = Moment(clock.now_us(), "live", self._home.stream.sm_id)

        def work(ledger: Ledger) -> str:
            message = _correctable(ledger, message_id)
            self._home.permit(ledger, Peer(message.peer, message.kind))
            text = _whole(ledger, message, body)
            if message.body != text and not _reword(ledger, message_id, text, said):
                _say(ledger, message, text, said)
            return message.peer

        peer = await self._home.store.write(work)
        self._home.warnings.settle(WARNING, peer)

    async def edits(self, message_id: int) -> Sequence[records.Edit]:
        """Return what a message said before, oldest first."""

        def work(view: View) -> Sequence[records.Edit]:
            if pages.get(view, message_id) is None:
                raise UnknownMessage(f"there is no message {message_id}")
            return store.edits(view, message_id)

        return await self._home.store.read(work)


def _correctable(view: View, message_id: int) -> records.Message:
    message = pages.get(view, message_id)
    if message is None:
        raise UnknownMessage(f"there is no message {message_id}")
    if message.direction != "out":
        raise NotAllowed("only your own messages can be corrected")
    if outbox.held(view, message_id) is not None:
        raise NotAllowed("its file is still on the way: it can be corrected once it is sent")
    if bodies.is_erased(view, message_id):
        raise NotAllowed("this message is retracted: there is nothing left to correct")
    if message.type != "message":
        raise NotAllowed("this isn't a text of yours: it can't be corrected")
    if message.state == "failed":
        raise NotAllowed("this message has failed: send it again before you correct it")
    return message


def _whole(view: View, message: records.Message, body: str) -> str:
    """Return what a message says with another text; InvalidArgument, TooLarge, NotAllowed."""
    if not view.contributors.may_have(attachments.TABLE):
        return sendable(body)
    files = attachments.of(view, message.id)
    text = sendable(shared_files.reworded(body, message.body, files))
    if text != message.body and any(each.is_encrypted for each in files):
        raise NotAllowed("this is an encrypted file: nothing can be said beside its address")
    return text


def _reword(ledger: Ledger, message_id: int, body: str, said: Moment) -> bool:
    """Return whether a message was not sent yet, and is sent with this text."""
    row = outbox.unwritten(ledger, message_id)
    if row is None:
        return False
    outbox.change(ledger, row.id, stanza.reword(decode(row.stanza), body))
    bodies.replace(ledger, message_id, Text(body), said)
    return True


def _say(ledger: Ledger, message: records.Message, body: str, said: Moment) -> None:
    target = message.message_id or message.origin_id
    if not target:
        raise NotSupported("this message has no id by which a correction could name it")
    store.withdraw(ledger, message.id)
    now = pages.get(ledger, message.id)
    if now is not None and now.body == body:
        return
    whom, stanza_id = Peer(message.peer, message.kind), str(uuid.uuid4())
    correction = stanza.encode(whom, target, body, stanza_id)
    lane, terms = lanes.conversation(whom.jid), Terms(kind=KIND)
    row = outbox.add(ledger, correction, said.time, lane=lane, terms=terms)
    store.say(ledger, message.id, body, said, stanza_id, row)
