"""The part that knows reactions, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.inbound import Envelope
from backendd.features.reactions import inbound, stanza, store
from backendd.features.reactions.bus import ReactionsMembers
from backendd.features.reactions.model import Reacted
from backendd.features.reactions.service import ReactionsPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Work
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class ServedReactions(ReactionsPart):
    """Reactions, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ReactionsMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        if envelope.is_error:
            works.append(lambda ledger: inbound.refuse(ledger, envelope))
            return envelope
        said = stanza.decode(envelope.stanza)
        if said is None or envelope.stanza.get("type") == "groupchat":
            return envelope
        sm_id = self._home.stream.sm_id
        works.append(lambda ledger: inbound.take(ledger, sm_id, envelope, said))
        return inbound.rest(envelope)


FEATURE = Feature(
    "reactions",
    ServedReactions,
    contributors=(Contributor(Reacted, store.TABLE, store.load),),
    owns={inbound.KIND: Owner(store.apply, store.replaces)},
)
