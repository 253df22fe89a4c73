"""The part that keeps us in rooms, with its interface."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.rooms.bus import RoomsMembers
from backendd.features.rooms.service import Rooms
from backendd.features.rooms.signals import RoomsSignals
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet


class RoomsPart(Rooms):
    """`Rooms`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = RoomsMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROOMS: self._members}

    def tell(self, outlet: Outlet) -> None:
        RoomsSignals(self._home, outlet, self.with_live, self.known.is_in)


FEATURE = Feature("rooms", RoomsPart)
