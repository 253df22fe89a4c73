"""The part that keeps the roster, with its interface."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.roster.bus import RosterMembers
from backendd.features.roster.service import Roster
from backendd.features.roster.signals import RosterSignals
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet


class RosterPart(Roster):
    """`Roster`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = RosterMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROSTER: self._members}

    def tell(self, outlet: Outlet) -> None:
        RosterSignals(self._home, outlet, self.others)


FEATURE = Feature("roster", RosterPart)
