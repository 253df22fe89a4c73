"""The part that administers rooms, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.room_administration.bus import AdministrationMembers
from backendd.features.room_administration.service import RoomAdministration
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedAdministration(RoomAdministration):
    """`RoomAdministration`, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = AdministrationMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROOMS: self._members}


FEATURE = Feature("room_administration", ServedAdministration)
