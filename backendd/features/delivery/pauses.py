"""Lanes in which something can't be made ready to be sent for now: it is tried again."""

import asyncio

from backendd.session.missing import Patience
from backendd.store import flight
from backendd.store.outbox import Out
from backendd.store.view import View


class Pauses:
    """Has lanes wait, each time longer; a new stream begins anew."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._next_s: dict[str, float] = {}  # how long the next pause of a lane is
        self._rows: dict[str, Out] = {}  # what a lane waits with

    async def wait(self, row: Out) -> None:
        """Return when the lane of `row` is to be looked at again."""
        lane = row.lane
        seconds = self._next_s.get(lane, self._patience.again_s)
        self._next_s[lane] = min(2 * seconds, self._patience.again_max_s)
        self._rows[lane] = row
        await asyncio.sleep(seconds)
        self.end(lane)

    def end(self, lane: str) -> None:
        """Take note that a lane doesn't wait any more."""
        self._rows.pop(lane, None)

    def passed(self, lane: str) -> None:
        """Take note that something of a lane can be sent, or never: the next pause is short."""
        self._next_s.pop(lane, None)

    def forget(self) -> None:
        """Have no lane wait."""
        self._next_s.clear()
        self._rows.clear()

    def __bool__(self) -> bool:
        """Whether any lane waits."""
        return bool(self._rows)

    def ended(self, view: View) -> list[str]:
        """Return the lanes that wait with what is no longer there, or says something else."""
        return [lane for lane, row in self._rows.items() if not flight.are_unchanged(view, [row])]
