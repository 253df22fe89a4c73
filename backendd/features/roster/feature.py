"""The part that keeps the roster, with its interface."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.roster.bus import RosterMembers
from backendd.features.roster.service import Roster
from backendd.features.roster.signals import RosterSignals
from backendd.session.part import Feature, Outlet
from backendd.session.session import Session


class RosterPart(Roster):
    """`Roster`, and what callers see of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._members = RosterMembers(session, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROSTER: self._members}

    def tell(self, outlet: Outlet) -> None:
        RosterSignals(self._session, outlet)


FEATURE = Feature("roster", RosterPart)
