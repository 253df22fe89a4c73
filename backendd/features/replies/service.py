"""Our own answers: to which message is noted with them, and said when they go out."""

from backendd.api.errors import NotAllowed, NotSupported, UnknownMessage
from backendd.core import fallbacks
from backendd.features.replies import stanza, store
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import bodies, pages, targets
from backendd.store.ledger import Ledger


class RepliesPart(Part):
    """Announces that replies are understood, and sends ours."""

    disco_features = (stanza.NAMESPACE, fallbacks.NAMESPACE)

    def __init__(self, home: Home) -> None:
        self._home = home

    async def compose(self, composition: Composition) -> None:
        message_id = composition.says
        if message_id is None or not self._home.store.may_have(store.TABLE):
            return
        answered = await self._home.store.read(lambda view: store.answered(view, message_id))
        if answered is not None:
            stanza.add(composition.stanza, answered)


def answer(ledger: Ledger, message_id: int, target_id: int) -> None:
    """Have a message of ours answer another one of its conversation."""
    message, target = targets.get(ledger, message_id), pages.get(ledger, target_id)
    assert message is not None
    if target is None or pages.place(ledger, message.conversation, target_id) is None:
        raise UnknownMessage(f"the conversation has no message {target_id} to answer")
    if target.state == "failed":
        raise NotAllowed("this message has failed: send it again before answering it")
    if bodies.is_erased(ledger, target_id):
        raise NotAllowed("this message was retracted: there is nothing left to answer")
    name = targets.name(ledger, target_id)
    if not name and target.state == "pending":
        raise NotAllowed("this message is not sent yet: the room has no name for it")
    if not name:
        raise NotSupported("this message has no id by which an answer could name it")
    store.save(ledger, message_id, name, target=target_id)
