"""The part that knows reactions, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.reactions import inbound, store
from backendd.features.reactions.bus import ReactionsMembers
from backendd.features.reactions.model import KIND, Reacted
from backendd.features.reactions.service import ReactionsPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class ServedReactions(ReactionsPart):
    """Reactions, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ReactionsMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature(
    "reactions",
    ServedReactions,
    contributors=(Contributor(Reacted, store.TABLE, store.load, repeats=True, authors="author"),),
    owns={
        KIND: Owner(
            store.apply,
            takes="known",
            settled=store.settled,
            failed=inbound.failed,
        )
    },
)
