"""Having those pictures read that are looked at, one after the other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from backendd.api.tasks import Tasks
from primitivus.model.files.pictures import FAILED, Pictures, Read, Wanted

log = logging.getLogger(__name__)

Reader = Callable[[Wanted], Awaitable[Read]]


async def _read(wanted: Wanted) -> Read:
    # The first screen doesn't wait for what runs programs.
    from primitivus.pictures.reading import read

    return await read(wanted)


class Loader:
    """Fills `pictures` with what is wanted; `on_read` is called after each."""

    def __init__(
        self, pictures: Pictures, tasks: Tasks, on_read: Callable[[], None], reader: Reader = _read
    ) -> None:
        self._pictures = pictures
        self._tasks = tasks
        self._on_read = on_read
        self._read = reader
        # What is looked at now and was not read yet, in the order in which it will be.
        self._due: list[Wanted] = []
        self._running: asyncio.Task[None] | None = None

    def load(self, wanted: Sequence[Wanted]) -> None:
        """Have these read, and no longer what was wanted before and wasn't begun."""
        if not wanted and not self._due:
            return
        self._pictures.keep(wanted)
        self._due = [each for each in wanted if self._pictures.get(each) is None]
        if self._due and (self._running is None or self._running.done()):
            self._running = self._tasks.start(self._load(), name="pictures")

    async def _load(self) -> None:
        while self._due:
            wanted = self._due.pop(0)
            if self._pictures.get(wanted) is None:
                self._pictures.put(wanted, await self._read_one(wanted))
                self._on_read()

    async def _read_one(self, wanted: Wanted) -> Read:
        """Return what comes of one, whatever that is: others wait behind it."""
        try:
            return await self._read(wanted)
        except Exception:
            log.exception("reading a picture failed")
            return FAILED
