"""Files on their way, as the backend tells of them."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Files
from backendd.api.names import FILES
from backendd.api.records import Transfer
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.transfers import Transfers, about, name_of

Wire = Mapping[str, Any]


class TransfersPart(Part):
    """Keeps the transfers of an account, and says how they ended; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Files)
        self._state = access.state
        self._account = access.account

    @property
    def known(self) -> Transfers:
        """Return what is known of them."""
        return self._account.of(Transfers)

    def signals(self) -> Handlers:
        return {(FILES, "Changed"): self._changed, (FILES, "Removed"): self._removed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.list())
        self._state.changed(Area.TRANSFERS)

    def forget(self) -> None:
        self.known.reset(())

    def lost(self) -> None:
        self.known.is_told = False

    def _changed(self, records: Iterable[Wire]) -> None:
        told = [from_wire(Transfer, each) for each in records]
        for each in self.known.merge(told, time.monotonic()):
            self._tell_end(each)
        self._state.changed(Area.TRANSFERS)

    def _removed(self, ids: Iterable[int]) -> None:
        self.known.remove(ids)
        self._state.changed(Area.TRANSFERS)

    def _tell_end(self, transfer: Transfer) -> None:
        name, whom = name_of(transfer), self._account.name(transfer.peer)
        is_out = transfer.direction == "out"
        if transfer.state == "done":
            said = f"{name} is sent to {whom}" if is_out else f"{name} is here: {transfer.path}"
            said = "; ".join((said, *transfer.remarks))
            self._state.say(said, about=about(transfer.id), account=self._account)
        elif transfer.state == "failed":
            why = transfer.error[1].rstrip(".") or "nobody knows why"
            what = f"{name} was not sent to {whom}" if is_out else f"{name} did not come"
            said = f"{what}: {why}; :transfers shows what can be done"
            self._state.complain(said, about=about(transfer.id), account=self._account)
