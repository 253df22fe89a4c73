"""The part that knows vCards, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.vcards.bus import VCardMembers
from backendd.features.vcards.service import VCards
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedVCards(VCards):
    """vCards, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = VCardMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("vcards", ServedVCards)
