"""The part that knows retractions, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.retractions import inbound, store
from backendd.features.retractions.bus import ModerationMembers, RetractionsMembers
from backendd.features.retractions.model import KIND, MODERATION, Retracted
from backendd.features.retractions.service import RetractionsPart
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class ServedRetractions(RetractionsPart):
    """Retractions, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = {
            names.MESSAGES: RetractionsMembers(self),
            names.ROOMS: ModerationMembers(self),
        }

    def interfaces(self) -> Mapping[str, object]:
        return self._members


FEATURE = Feature(
    "retractions",
    ServedRetractions,
    contributors=(Contributor(Retracted, store.TABLE, store.load),),
    owns={
        KIND: Owner(inbound.apply, takes="author", names="either", failed=inbound.failed),
        MODERATION: Owner(inbound.moderate, takes="room"),
    },
)
