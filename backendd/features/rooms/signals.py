"""What the Rooms interface tells: a storm of presence becomes few signals."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.rooms import RoomsChanged
from backendd.features.rooms.model import OccupantsChanged
from backendd.session.home import Home
from backendd.session.part import Outlet

_Told = tuple[str, str, records.Occupant | records.Left]  # room, nick


class RoomsSignals:
    """Turns what happens in the rooms of one profile into signals.

    `with_live` adds to the record of a room what is stored nowhere, `is_in` says if we are in one.
    """

    def __init__(
        self,
        home: Home,
        outlet: Outlet,
        with_live: Callable[[records.Room], records.Room],
        is_in: Callable[[str], bool],
    ) -> None:
        self._is_in = is_in
        self._emit = outlet.emit
        self._with_live = with_live
        self._rooms: Burst[records.Room] = Burst(
            self._tell_rooms, key=lambda room: room.room, is_clear=outlet.is_clear
        )
        self._occupants: Burst[_Told] = Burst(
            self._tell_occupants, key=itemgetter(0, 1), is_clear=outlet.is_clear
        )
        home.events.subscribe(RoomsChanged, self._on_rooms)
        home.events.subscribe(OccupantsChanged, self._on_occupants)

    def _on_rooms(self, event: RoomsChanged) -> None:
        self._rooms.add(*event.rooms)
        if event.gone:
            self._rooms.flush()
            self._emit(names.ROOMS, "Removed", list(event.gone))

    def _on_occupants(self, event: OccupantsChanged) -> None:
        self._occupants.add(*((event.room, nick, now) for nick, now in event.now.items()))

    def _tell_rooms(self, rooms: Sequence[records.Room]) -> None:
        # As late as that, for what is stored nowhere may be taken in after what is stored is told.
        self._emit(names.ROOMS, "Changed", list(map(self._with_live, rooms)))

    def _tell_occupants(self, told: Sequence[_Told]) -> None:
        by_room = itemgetter(0)
        there = (each for each in told if self._is_in(each[0]))
        for room, group in groupby(sorted(there, key=by_room), key=by_room):
            now = [each for _, _, each in group]
            changed = [each for each in now if isinstance(each, records.Occupant)]
            left = [each for each in now if isinstance(each, records.Left)]
            self._emit(names.ROOMS, "OccupantsChanged", room, changed, left)
