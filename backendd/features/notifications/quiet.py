"""When nothing is to be noted: in the hours that the user has set, else that the file says."""

import time
from collections.abc import Callable

from backendd.api.errors import InvalidArgument
from backendd.api.quiet import QuietTime
from backendd.core import clock
from backendd.session.backend import Backend
from backendd.store import settings

SETTING = "quiet_time"


class QuietHours:
    """Keeps them; `changed` is told when they are others."""

    def __init__(self, backend: Backend) -> None:
        wanted = backend.config.notifications
        self.changed: Callable[[], None] = lambda: None
        self.time = QuietTime(wanted.quiet_from, wanted.quiet_to)
        self._database = backend.database

    async def load(self) -> None:
        """Take what the user has set, if anything."""
        match await self._database.read(lambda db: settings.load(db, SETTING)):
            case [int(start), int(end)] if _are_hours(start, end):
                self.time = QuietTime(start, end)

    async def set(self, start: int, end: int) -> None:
        """Store from which hour to which it is; InvalidArgument."""
        if not _are_hours(start, end):
            raise InvalidArgument("an hour is a number from 0 to 23")
        await self._database.write(lambda tx: settings.save(tx.db, SETTING, [start, end]))
        self.time = QuietTime(start, end)
        self.changed()

    def is_now(self) -> bool:
        """Return whether it is such an hour."""
        return self.time.includes(time.localtime(clock.now_us() // 1_000_000).tm_hour)


def _are_hours(*numbers: int) -> bool:
    return all(0 <= each <= 23 for each in numbers)
