"""The backend as a whole: calls of its manager, and what it tells of itself."""

from collections.abc import Mapping
from typing import Any

from backendd.api.contract import Manager
from backendd.api.link import Signal
from backendd.api.names import MANAGER, ROOT_PATH
from backendd.api.quiet import QuietTime
from primitivus.client.bus import Bus
from primitivus.model.area import Area
from primitivus.model.state import State
from primitivus.model.wording.warned import warning


class BackendClient:
    """What is no profile's own."""

    def __init__(self, bus: Bus, state: State) -> None:
        self.manager = bus.interface(ROOT_PATH, Manager)
        self._bus = bus
        self._state = state

    async def start(self) -> None:
        """Start it again, where it has stopped; raises NoBus and NotRunning."""
        await self._bus.start()

    def handle(self, signal: Signal) -> None:
        """Take over what a signal of the backend's own object says."""
        if signal.member == "PropertiesChanged" and signal.args[0] == MANAGER:
            self.told(signal.args[1])

    def told(self, properties: Mapping[str, Any]) -> None:
        """Take over what of these is told: one that was started before an update has not all."""
        if "Warnings" in properties:
            self._state.set_backend_warnings(map(warning, properties["Warnings"]))
        if "QuietTime" in properties:
            self._state.quiet_time = QuietTime(*properties["QuietTime"])
            self._state.changed(Area.VIEW)
