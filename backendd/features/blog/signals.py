"""What the Blog interface tells."""

from collections.abc import Sequence

from backendd.api import names, records
from backendd.bus.coalesce import Burst
from backendd.core.entries import EntriesChanged, EntriesGone, FeedsChanged
from backendd.session.home import Home
from backendd.session.part import Outlet


class BlogSignals:
    """Turns what is stored of one profile's blogs into signals."""

    def __init__(self, home: Home, outlet: Outlet) -> None:
        self._emit = outlet.emit
        self._entries: Burst[records.Entry] = Burst(
            self._tell_entries,
            key=lambda each: (each.service, each.node, each.id),
            is_clear=outlet.is_clear,
        )
        home.events.subscribe(EntriesChanged, lambda event: self._entries.add(*event.entries))
        home.events.subscribe(EntriesGone, self._on_gone)
        home.events.subscribe(FeedsChanged, self._on_feeds)

    def _on_gone(self, event: EntriesGone) -> None:
        self._entries.flush()
        self._emit(names.BLOG, "Retracted", event.feed.service, event.feed.node, list(event.ids))

    def _on_feeds(self, event: FeedsChanged) -> None:
        self._entries.flush()
        self._emit(names.BLOG, "SubscriptionsChanged", list(event.feeds), list(event.gone))

    def _tell_entries(self, entries: Sequence[records.Entry]) -> None:
        self._emit(names.BLOG, "Changed", list(entries))
