"""The warning about addresses that nothing can be written to."""

from backendd.api.words import WarningWord
from backendd.core import jid
from backendd.core.reach import Reached, Unreachable
from backendd.session.home import Home

WARNING: WarningWord = "unreachable"


class UnreachableAddresses:
    """Tells of an address from when it can't be written to until something gets through.

    What got through before, and is only found now, says nothing of that.
    """

    def __init__(self, home: Home) -> None:
        self._warnings = home.warnings
        # When something came back last, by address.
        self._since: dict[str, int] = {}
        home.events.subscribe(Unreachable, self._on_unreachable)
        home.events.subscribe(Reached, self._on_reached)

    def _on_unreachable(self, event: Unreachable) -> None:
        self._since[event.peer] = max(event.time, self._since.get(event.peer, 0))
        self._warnings.hold(
            WARNING,
            event.peer,
            f"{event.what} {jid.shown(event.peer)} didn't get there: {event.why}; check the "
            "address, or try it again later",
        )

    def _on_reached(self, event: Reached) -> None:
        if event.time >= self._since.get(event.peer, 0):
            self._since.pop(event.peer, None)
            self._warnings.settle(WARNING, event.peer)
