"""One transfer while it goes on."""

import asyncio
from dataclasses import replace

from backendd.api import records
from backendd.api.speed import Telling
from backendd.core.hub import Hub
from backendd.core.transfers import TransfersChanged
from backendd.session.ways import Way


class Moving:
    """How far a transfer is, which is told ten times a second at most."""

    def __init__(self, way: Way, events: Hub) -> None:
        self.way = way
        self.transfer = records.Transfer()
        self.done = 0
        self.is_paused = False
        self.task: asyncio.Task[None] | None = None
        self._events = events
        self._telling = Telling(self._publish)
        self._is_over = False

    def tell(self, done: int) -> None:
        """Take note of how many bytes have passed, as long as it goes on."""
        if self._is_over:
            return
        self.done = done
        self._telling.note(done)

    def update(self, transfer: records.Transfer) -> None:
        """Take note of what it is by now."""
        if transfer.revision > self.transfer.revision:
            self.transfer = transfer

    def close(self) -> None:
        """Tell no more, whoever has something to tell: what is stored says how it ended."""
        self._is_over = True
        self._telling.close()

    def _publish(self, done: int) -> None:
        self._events.publish(TransfersChanged([replace(self.transfer, done=done)]))
