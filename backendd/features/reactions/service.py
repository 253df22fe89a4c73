"""Our own reactions: kept and shown at once, and sent as soon as there is a stream."""

import uuid
from collections.abc import Sequence

from backendd.api import text
from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, UnknownMessage
from backendd.api.words import WarningWord
from backendd.core import clock, jid
from backendd.core.conversations import Peer
from backendd.core.moments import Moment
from backendd.features.reactions import model, stanza, store
from backendd.features.reactions.model import KIND, Reactions, ReactionsRefused
from backendd.features.reactions.store import Who
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import lanes, occupancies, outbox, pages, targets
from backendd.store.ledger import Ledger
from backendd.store.outbox import Terms

WARNING: WarningWord = "reaction"


class ReactionsPart(Part):
    """Announces that reactions are understood, and says ours."""

    disco_features = (stanza.NAMESPACE,)

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(ReactionsRefused, self._on_refused)

    def _on_refused(self, event: ReactionsRefused) -> None:
        sentence = f"your reaction to {jid.shown(event.peer)} is taken back: {event.why}"
        self._home.warnings.add(WARNING, event.peer, sentence)

    async def react(self, message_id: int, emojis: Sequence[str]) -> None:
        """Let these be all our reactions to a message; without any they are taken back."""
        checked = _checked(emojis)
        own, sm_id = self._home.own, self._home.stream.sm_id
        now, stanza_id = clock.now_us(), str(uuid.uuid4())

        def work(ledger: Ledger) -> str:
            whom, target = _target(ledger, message_id)
            self._home.permit(ledger, whom)
            if store.ours(ledger, message_id, own) != checked:
                store.withdraw(ledger, message_id, own)
            if store.ours(ledger, message_id, own) == checked:
                return whom.jid
            said = stanza.encode(whom, target, checked, stanza_id)
            terms = Terms(kind=KIND)
            row = outbox.add(ledger, said, now, lane=lanes.conversation(whom.jid), terms=terms)
            new = Reactions(checked, Moment(now, "live", sm_id))
            us = Who(own, occupancies.ourselves(ledger, whom, own))
            store.say(ledger, message_id, us, new, stanza_id, row)
            return whom.jid

        peer = await self._home.store.write(work)
        self._home.warnings.settle(WARNING, peer)


def _checked(emojis: Sequence[str]) -> tuple[str, ...]:
    if len(emojis) > model.MOST:
        raise InvalidArgument(f"{len(emojis)} reactions are too many; the most is {model.MOST}")
    for each in emojis:
        if not model.is_emoji(each):
            shown = text.clean_line(each, limit=model.LONGEST)
            raise InvalidArgument(f'a reaction is one emoji, and "{shown}" isn\'t one')
    return model.cleaned(emojis)


def _target(ledger: Ledger, message_id: int) -> tuple[Peer, str]:
    """Return whose conversation a message belongs to, and its name there."""
    message = pages.get(ledger, message_id)
    if message is None:
        raise UnknownMessage(f"there is no message {message_id}")
    if message.state == "pending":
        raise NotAllowed("this message is not sent yet: nobody would know what you react to")
    if message.state == "failed":
        raise NotAllowed("this message has failed: send it again before reacting to it")
    target = targets.name(ledger, message_id)
    if not target:
        raise NotSupported("this message has no id by which a reaction could name it")
    return Peer(message.peer, message.kind), target
