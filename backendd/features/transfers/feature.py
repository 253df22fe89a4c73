"""The part that knows the files on their way, with its interface on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.messages import MessagesRemoved
from backendd.core.transfers import TransfersReleased
from backendd.features.transfers.bus import TransfersMembers
from backendd.features.transfers.service import Sender
from backendd.features.transfers.signals import TransfersSignals
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part
from backendd.store import transfers


class TransfersPart(Part):
    """Has files go on whenever there is a stream, and tells how far they are."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._members = TransfersMembers(home, Sender(home))
        home.events.subscribe(MessagesRemoved, self._on_released)
        home.events.subscribe(TransfersReleased, self._on_released)

    def interfaces(self) -> Mapping[str, object]:
        return {names.FILES: self._members}

    def tell(self, outlet: Outlet) -> None:
        TransfersSignals(self._home, outlet)

    def _on_released(self, event: MessagesRemoved | TransfersReleased) -> None:
        self._home.do_soon(self._cancel_orphans(), name="cancel transfers")

    async def _cancel_orphans(self) -> None:
        for each in await self._home.store.read(transfers.orphans):
            await self._home.transfers.cancel(each)

    async def set_up(self, *, resumed: bool) -> None:
        self._home.transfers.connected()


FEATURE = Feature("transfers", TransfersPart)
