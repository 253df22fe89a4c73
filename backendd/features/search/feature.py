"""The part that finds messages, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.search.bus import SearchMembers
from backendd.features.search.service import Search
from backendd.session.feature import Feature
from backendd.session.home import Home


class SearchPart(Search):
    """`Search`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = SearchMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature("search", SearchPart)
