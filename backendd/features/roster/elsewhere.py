"""The notice about requests that were settled, and not here."""

from collections.abc import Iterator
from contextlib import contextmanager

from backendd.api.words import WarningWord
from backendd.core import jid
from backendd.core.contacts import RequestsAnswered, RequestsChanged
from backendd.session.home import Home

WARNING: WarningWord = "settled-elsewhere"


class SettledElsewhere:
    """Says where a request went that nobody answered here, until there is another."""

    def __init__(self, home: Home) -> None:
        self._warnings = home.warnings
        self._being_answered: set[str] = set()
        home.events.subscribe(RequestsAnswered, self._on_answered)
        home.events.subscribe(RequestsChanged, self._on_changed)

    @contextmanager
    def but_here(self, peer: str) -> Iterator[None]:
        """Say nothing of the request of `peer` meanwhile: the server may be quicker than we."""
        self._being_answered.add(peer)
        try:
            yield
        finally:
            self._being_answered.discard(peer)

    def _on_answered(self, event: RequestsAnswered) -> None:
        for peer in event.jids:
            if peer not in self._being_answered:
                self._warnings.add(
                    WARNING,
                    peer,
                    f"{jid.shown(peer)} asked to see when you are online, and waits no longer: "
                    "another client of yours answered, or the question was taken back",
                )

    def _on_changed(self, event: RequestsChanged) -> None:
        for request in event.requests:
            self._warnings.settle(WARNING, request.jid)
