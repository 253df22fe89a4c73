"""How long the other side is waited for: while nothing happens, whatever a file's size."""

import asyncio

from backendd.api.values import Value


class Patience(Value):
    """Seconds to wait: for an answer at all, while bytes pass, and once the last one has."""

    answer_s: float = 30
    stall_s: float = 60
    done_s: float = 180


class Clock:
    """Ends a wait unless something happens."""

    def __init__(self, timeout: asyncio.Timeout) -> None:
        self._timeout = timeout

    def bump(self, seconds: float) -> None:
        """Take note that something has happened, and wait so long from now on."""
        self._timeout.reschedule(asyncio.get_running_loop().time() + seconds)
