"""One transfer while it goes on."""

import asyncio
from dataclasses import replace

from backendd.api import records
from backendd.api.speed import Telling
from backendd.core.hub import Hub
from backendd.core.transfers import TransfersChanged
from backendd.session.ways import Way

NOTHING = (0, 0)
"""What is looked through of a transfer that just moves."""


class Moving:
    """How far a transfer is, which is told ten times a second at most."""

    def __init__(self, way: Way, events: Hub) -> None:
        self.way = way
        self.transfer = records.Transfer()
        self.done = 0
        self._checking = NOTHING
        self.is_paused = False
        self.is_aside = False  # nothing of it is to move any more
        self.pauses = False  # nothing moves for a while, and what it needs is open
        self.task: asyncio.Task[None] | None = None
        self._events = events
        self._telling = Telling(self._publish)
        self._is_over = False

    @property
    def moves(self) -> bool:
        """Whether something of it moves, or may at any time."""
        return not (self.is_aside or self.pauses)

    def tell(self, done: int) -> None:
        """Take note of how many bytes have passed, as long as it goes on."""
        if self._is_over:
            return
        self.done = done
        self._telling.note(done)

    def check(self, done: int, size: int) -> None:
        """Take note of how many bytes were looked through, of how many, before more pass."""
        before, now = self._checking, (done, size) if done < size else NOTHING
        if self._is_over or now == before:
            return
        self._checking = now
        self._telling.note(self.done)
        if NOTHING in (before, now):  # that it begins and ends is always told
            self._telling.flush()

    def live(self, transfer: records.Transfer) -> records.Transfer:
        """Return what is stored of it with how it stands just now."""
        return replace(transfer, done=self.done or transfer.done, checking=self._checking)

    def update(self, transfer: records.Transfer) -> None:
        """Take note of what it is by now."""
        if transfer.revision > self.transfer.revision:
            self.transfer = transfer

    def close(self) -> None:
        """Tell no more, whoever has something to tell: what is stored says how it ended."""
        self._is_over = True
        self._telling.close()

    def _publish(self, _done: int) -> None:
        self._events.publish(TransfersChanged([self.live(self.transfer)]))
