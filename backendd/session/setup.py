"""SETUP: what is due on a stream, group after group; what stays unanswered stops no other.

What a group asks for is asked at the same time, waited for some seconds, then done without, and
asked again (`missing`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Protocol

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.api.tasks import Tasks

log = logging.getLogger(__name__)


class Step(Protocol):
    """Does what is due; a stream that is `resumed` knows what was done on it."""

    def __call__(self, *, resumed: bool) -> Coroutine[Any, Any, None]: ...


class Setup:
    """Runs the steps of one profile. `failed` is told where one can't store what it learned.

    The steps of a group run at the same time. The next group waits for them no longer than
    `patience_s`; what takes longer goes on beside it, until the stream ends.
    """

    def __init__(
        self,
        groups: Sequence[Sequence[Step]],
        tasks: Tasks,
        patience_s: float,
        failed: Callable[[StorageError], Awaitable[None]],
    ) -> None:
        self._groups = groups
        self._tasks = tasks
        self._patience_s = patience_s
        self._failed = failed
        self._running: set[asyncio.Task[bool]] = set()

    async def run(self, *, resumed: bool) -> bool:
        """Return when all is done, or late; False where the stream ended over it."""
        for group in self._groups:
            tasks = [self._start(step, resumed=resumed) for step in group]
            done, _ = await asyncio.wait(tasks, timeout=self._patience_s)
            if not all(task.result() for task in done):
                return False
        return True

    def end(self) -> None:
        """Do no more: the stream is gone."""
        for task in self._running:
            task.cancel()

    def _start(self, step: Step, *, resumed: bool) -> asyncio.Task[bool]:
        task = self._tasks.start(self._try(step, resumed=resumed), name="set-up")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _try(self, step: Step, *, resumed: bool) -> bool:
        """Return whether the stream goes on."""
        try:
            await step(resumed=resumed)
        except NotConnected:
            return False
        except StorageError as error:
            await self._failed(error)
            return False
        except BackendError as error:
            log.warning("not all that is due on a stream could be done: %s", error)
        except Exception:
            # The others can do without it, and nobody would set the stream up again.
            log.exception("something that is due on a stream can't be done")
        return True
