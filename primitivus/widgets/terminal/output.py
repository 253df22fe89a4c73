"""Output: the terminal's writing end, which never makes the program wait for a slow link."""

import asyncio
import logging
import os
import select
import termios
import time
from collections.abc import Callable
from contextlib import suppress

log = logging.getLogger(__name__)

# CAN, and ST for who takes it for a part of a string: what was cut off is no sequence any more.
_CANCEL = b"\x18\x1b\\"


class Output:
    """Writes in order and whole; what the terminal doesn't take now goes when it can.

    On an event loop of asyncio `send` returns at once, and `is_busy` tells that something waits.
    Without one it waits itself. A terminal that is gone swallows everything: its input says so.
    """

    def __init__(self, descriptor: int, drained: Callable[[], None]) -> None:
        """`drained` is called from the event loop when all that waited has been written."""
        self._descriptor = _own_descriptor(descriptor)
        self._drained = drained
        self._waiting = b""
        self._farewell: bytes | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_gone = False

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting)

    def send(self, text: str) -> None:
        """Write `text` now, or after what waits."""
        data = text.encode("utf-8", "replace")
        self._waiting += data
        if self._farewell is not None:
            self._farewell += data
        if self._loop is None and not self._write():
            self._watch()

    def begin_farewell(self) -> None:
        """Have what is sent from now on reach the terminal, whatever it doesn't take before."""
        self._farewell = b""

    def close(self, patience: float) -> None:
        """Write what waits, for at most `patience` seconds, and let go of the terminal.

        Of what it didn't take by then only the farewell is left to it, for when it reads again:
        frames that nobody has seen would be for nothing, and stand in its way.
        """
        self._unwatch()
        self._write_until(time.monotonic() + patience)
        if self._waiting and self._farewell:
            # There is room for it once what the kernel holds is thrown away.
            with suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCOFLUSH)
            self._waiting = _CANCEL + self._farewell
            self._write()
        os.close(self._descriptor)

    def _write(self) -> bool:
        """Return whether nothing waits any more."""
        while self._waiting:
            try:
                written = 0 if self._is_gone else os.write(self._descriptor, self._waiting)
            except BlockingIOError:
                return False
            except OSError as error:
                log.info("terminal is gone: %s", error.strerror)
                self._is_gone = True
            self._waiting = b"" if self._is_gone else self._waiting[written:]
        return True

    def _watch(self) -> None:
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._write_until(None)
            return
        self._loop.add_writer(self._descriptor, self._resume)

    def _unwatch(self) -> None:
        loop, self._loop = self._loop, None
        if loop is not None and not loop.is_closed():
            loop.remove_writer(self._descriptor)

    def _resume(self) -> None:
        if self._write():
            self._unwatch()
            self._drained()

    def _write_until(self, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLOUT)
        while not self._write():
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return
            poll.poll(None if left is None else left * 1000)


def _own_descriptor(descriptor: int) -> int:
    """Return a descriptor of the same terminal that may be non-blocking.

    Making the one we were given non-blocking would do so to the shell's, which shares it.
    """
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        own = os.open(os.ttyname(descriptor), flags)
    except OSError:
        # Not a terminal, or one that belongs to another user (su) or container.
        return os.dup(descriptor)
    if os.fstat(own).st_rdev == os.fstat(descriptor).st_rdev:
        return own
    os.close(own)
    return os.dup(descriptor)
