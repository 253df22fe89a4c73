"""The part that knows who is blocked, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names, records
from backendd.features.blocking import store
from backendd.features.blocking.bus import BlockingMembers
from backendd.features.blocking.model import Blocked, BlockedChanged
from backendd.features.blocking.service import Blocking
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet
from backendd.store.view import Contributor


class ServedBlocking(Blocking):
    """Who is blocked, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = BlockingMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.ROSTER: self._members}

    def tell(self, outlet: Outlet) -> None:
        def on_changed(event: BlockedChanged) -> None:
            outlet.emit(names.ROSTER, "BlockedChanged", list(event.jids))

        self._home.events.subscribe(BlockedChanged, on_changed)


FEATURE = Feature(
    "blocking",
    ServedBlocking,
    contributors=(Contributor(Blocked, store.TABLE, store.contributed, to=records.Contact),),
)
