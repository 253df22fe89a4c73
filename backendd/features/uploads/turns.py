"""Has messages with files that were sent at once go out in the order in which they were sent.

Their files are put on the server side by side. One that is there waits for those of the message
before its own, as long as they go on: not for what is paused, has failed, or needs another stream.
"""

import asyncio

from backendd.core.transfers import TransfersChanged
from backendd.session.home import Home
from backendd.session.ways import Move
from backendd.store import transfers
from backendd.store.view import View

AFTER = "after"
"""The note of a transfer that names the message before its own."""


async def wait(home: Home, move: Move) -> None:
    """Return once it is the turn of what goes out with a file, which has no more to move."""
    has_stopped = asyncio.Event()

    def look(event: TransfersChanged) -> None:
        if any(each.state != "running" for each in event.transfers):
            has_stopped.set()

    end = home.events.subscribe(TransfersChanged, look)
    try:
        while await home.store.read(lambda view: _has_one_before(view, move.transfer.id)):
            move.step_aside()
            await has_stopped.wait()
            has_stopped.clear()
    finally:
        end()


def _has_one_before(view: View, id: int) -> bool:
    before = int(transfers.notes(view, id).get(AFTER, 0))
    found = transfers.of_message(view, before) if before else []
    return any(each.state == "running" for each in found)
