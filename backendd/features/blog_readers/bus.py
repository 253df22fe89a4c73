"""The Blog interface: who wants to read what is for those who are let in."""

from collections.abc import Sequence

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.readers import ReaderRequestsChanged
from backendd.features.blog_readers.service import Readers
from backendd.session.home import Home
from backendd.session.part import Outlet


class ReaderMembers:
    """What callers see of requests to read."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def reader_requests(self) -> Sequence[records.ReaderRequest]:
        return await self._readers.waiting()

    async def accept_reader(self, id: str) -> None:
        await self._readers.answer(id, is_allowed=True)

    async def deny_reader(self, id: str) -> None:
        await self._readers.answer(id, is_allowed=False)


class ReaderSignals:
    """Turns what is stored of requests into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._emit = outlet.emit
        self._came: Burst[records.ReaderRequest] = Burst(
            self._tell, key=lambda each: each.id, is_clear=outlet.is_clear
        )
        home.events.subscribe(ReaderRequestsChanged, self._on_changed)

    def _on_changed(self, event: ReaderRequestsChanged) -> None:
        self._came.add(*event.requests)
        if event.gone:
            self._came.flush()
            self._emit(names.BLOG, "ReaderRequestsChanged", [], list(event.gone))

    def _tell(self, requests: list[records.ReaderRequest]) -> None:
        self._emit(names.BLOG, "ReaderRequestsChanged", requests, [])
