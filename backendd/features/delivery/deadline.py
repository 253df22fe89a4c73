"""What the server has accepted and nobody settles in time becomes uncertain, and is asked for."""

import asyncio

from backendd.core import clock
from backendd.core.messages import OutboxAccepted
from backendd.session.home import Home
from backendd.store import doubts

SECOND_US = 1_000_000


class Deadline:
    """The deadline of one profile: of the row that was accepted first, since none is sooner.

    It is stored with the rows, and goes on where it was in another process.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._accepted = asyncio.Event()
        home.events.subscribe(OutboxAccepted, lambda event: self._accepted.set())

    async def watch(self) -> None:
        """Doubt what is due, until cancelled: once the stream is gone nothing could come."""
        store, patience = self._home.store, self._home.missing.patience
        patience_us = int(patience.settled_s * SECOND_US)
        # What the server has held back for us comes first.
        least_s = patience.short_s
        while True:
            self._accepted.clear()
            due = await store.read(lambda view: doubts.next_deadline(view, patience_us))
            if due is None:
                await self._accepted.wait()
                continue
            left_s = (due - clock.now_us()) / SECOND_US
            # The clock may have been set since.
            await asyncio.sleep(max(least_s, min(left_s, patience.settled_s)))
            least_s = 0.0
            await store.write(lambda ledger: doubts.expire(ledger, patience_us))
