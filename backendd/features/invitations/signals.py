"""What the Rooms interface tells of invitations."""

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.invitations import InvitationsChanged
from backendd.session.home import Home
from backendd.session.part import Outlet


class InvitationsSignals:
    """Turns what is stored of invitations into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._emit = outlet.emit
        self._came: Burst[records.Invitation] = Burst(
            self._tell, key=lambda each: each.id, is_clear=outlet.is_clear
        )
        home.events.subscribe(InvitationsChanged, self._on_changed)

    def _on_changed(self, event: InvitationsChanged) -> None:
        self._came.add(*event.invitations)
        if event.gone:
            self._came.flush()
            self._emit(names.ROOMS, "InvitationsChanged", [], list(event.gone))

    def _tell(self, invitations: list[records.Invitation]) -> None:
        self._emit(names.ROOMS, "InvitationsChanged", invitations, [])
