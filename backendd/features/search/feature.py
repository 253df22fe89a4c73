"""The part that finds messages, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.search.bus import SearchMembers
from backendd.features.search.service import Search
from backendd.session.part import Feature
from backendd.session.session import Session


class SearchPart(Search):
    """`Search`, and what callers see of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._members = SearchMembers(session, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature("search", SearchPart)
