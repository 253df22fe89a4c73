"""The server's acknowledgements on their way to the owner: in order, the newest counts."""

import asyncio
from collections.abc import Awaitable, Callable

from backendd.api.tasks import Tasks


class Acks:
    """Hands acknowledgements to `store` one at a time; those that wait are merged.

    `failed` is called with why one can't be stored. It stays due.
    """

    def __init__(
        self,
        tasks: Tasks,
        store: Callable[[str, int], Awaitable[None]],
        failed: Callable[[Exception], None],
    ) -> None:
        self._tasks = tasks
        self._store = store
        self._failed = failed
        self._waiting: dict[str, int] = {}
        self._one = asyncio.Lock()
        self._running: asyncio.Task[None] | None = None

    def note(self, sm_id: str, h: int) -> None:
        """Have it stored soon that the server has `h` of our stanzas on the stream `sm_id`."""
        self._waiting[sm_id] = h
        if self._running is None or self._running.done():
            self._running = self._tasks.start(self._store_noted(), name="store acknowledgements")

    async def _store_noted(self) -> None:
        try:
            await self.flush()
        except Exception as error:  # whatever it is: what isn't stored must come again
            self._failed(error)

    async def flush(self) -> None:
        """Return once everything noted is stored; raises what storing raises."""
        async with self._one:
            while self._waiting:
                sm_id = next(iter(self._waiting))
                h = self._waiting.pop(sm_id)
                try:
                    await self._store(sm_id, h)
                except Exception:
                    # A later number says the same and more; until then this one is due.
                    self._waiting.setdefault(sm_id, h)
                    raise
