"""The part that knows who is ignored, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.ignoring import IgnoredChanged
from backendd.features.ignoring import store
from backendd.features.ignoring.bus import IgnoringMembers
from backendd.features.ignoring.model import Unheard
from backendd.features.ignoring.service import Ignoring
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet
from backendd.store.view import Contributor


class ServedIgnoring(Ignoring):
    """Who is ignored, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = IgnoringMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROOMS: self._members}

    def tell(self, outlet: Outlet) -> None:
        def on_changed(event: IgnoredChanged) -> None:
            outlet.emit(names.ROOMS, "IgnoredChanged", event.room, list(event.ignored))

        self._home.events.subscribe(IgnoredChanged, on_changed)


FEATURE = Feature(
    "ignoring",
    ServedIgnoring,
    contributors=(Contributor(Unheard, store.TABLE, store.unheard),),
)
