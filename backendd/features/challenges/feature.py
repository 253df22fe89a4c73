"""The part that keeps challenges, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.challenges import ChallengesChanged
from backendd.features.challenges.bus import ChallengesMembers
from backendd.features.challenges.service import Challenges
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet


class ServedChallenges(Challenges):
    """Challenges, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ChallengesMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}

    def tell(self, outlet: Outlet) -> None:
        def on_changed(event: ChallengesChanged) -> None:
            challenges, gone = list(event.challenges), list(event.gone)
            outlet.emit(names.SERVICES, "ChallengesChanged", challenges, gone)

        self._home.events.subscribe(ChallengesChanged, on_changed)


FEATURE = Feature("challenges", ServedChallenges)
