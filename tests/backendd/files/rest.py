"""Quiet: when the threads that work with files have nothing to do."""

import asyncio
import threading

from backendd.files import threads
from tests.lab.patience import PATIENCE_S


async def rest() -> None:
    """Return when all that was begun before is done."""
    together = threading.Barrier(threads.MOST_AT_ONCE)
    waiting = (threads.run(lambda: together.wait(PATIENCE_S)) for _ in range(together.parties))
    await asyncio.gather(*waiting)
