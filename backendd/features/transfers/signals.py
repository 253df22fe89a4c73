"""What the Files interface tells: how far each is, but ten times a second at most."""

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.transfers import TransfersChanged, TransfersRemoved
from backendd.session.home import Home
from backendd.session.part import Outlet

INTERVAL_S = 0.1


class TransfersSignals:
    """Turns what happens to the transfers of one profile into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._emit = outlet.emit
        self._live = home.transfers.live
        self._changed: Burst[records.Transfer] = Burst(
            self._tell, interval=INTERVAL_S, key=lambda each: each.id, is_clear=outlet.is_clear
        )
        home.events.subscribe(TransfersChanged, self._on_changed)
        home.events.subscribe(TransfersRemoved, self._on_removed)

    def _on_changed(self, event: TransfersChanged) -> None:
        self._changed.add(*map(self._live, event.transfers))

    def _on_removed(self, event: TransfersRemoved) -> None:
        for each in event.ids:
            self._changed.discard(each)
        self._emit(names.FILES, "Removed", list(event.ids))

    def _tell(self, transfers: list[records.Transfer]) -> None:
        self._emit(names.FILES, "Changed", transfers)
