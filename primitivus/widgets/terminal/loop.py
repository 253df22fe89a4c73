"""The running loop as urwid's screen knows one."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any


class Loop:
    """Waits for input and time; urwid's own class comes with its main loop and all its widgets."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def watch_file(self, fd: int, callback: Callable[[], Any]) -> int:
        """Call `callback` whenever something can be read; what is returned ends it.

        Whoever takes the terminal back, as a command that lent it, has no part in what comes then.
        """
        Context().run(self._loop.add_reader, fd, callback)
        return fd

    def remove_watch_file(self, handle: int) -> None:
        self._loop.remove_reader(handle)

    def alarm(self, seconds: float, callback: Callable[[], Any]) -> asyncio.TimerHandle:
        """Call `callback` after so many seconds; what is returned ends the wait."""
        return self._loop.call_later(seconds, callback)

    def remove_alarm(self, handle: asyncio.TimerHandle) -> None:
        handle.cancel()
