"""Who wants to read a blog of an account, as the backend tells it."""

from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Blog
from backendd.api.names import BLOG
from backendd.api.records import ReaderRequest
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.questions import announce
from primitivus.model.reader_requests import ReaderQuestion, ReaderRequests, about

Wire = Mapping[str, Any]


class ReaderRequestsPart(Part):
    """Keeps who wants to read, and says which are new; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account

    @property
    def known(self) -> ReaderRequests:
        """Return what is known of them."""
        return self._account.of(ReaderRequests)

    def signals(self) -> Handlers:
        return {(BLOG, "ReaderRequestsChanged"): self._changed}

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.reader_requests())
        self._state.changed(Area.REQUESTS)

    def forget(self) -> None:
        self.known.reset(())

    def _changed(self, records: Iterable[Wire], gone: Iterable[str]) -> None:
        ids = list(gone)
        fresh = self.known.merge((from_wire(ReaderRequest, each) for each in records), ids)
        self._state.changed(Area.REQUESTS)
        for id in ids:
            self._state.settle(about(id), self._account)
        announce(self._state, [ReaderQuestion.of(self._account, each) for each in fresh])
