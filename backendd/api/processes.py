"""Programs that are begun, and end with who waits for them, whenever that is cancelled.

Those of asyncio don't: a task that is cancelled while it connects the pipes of one waits for its
exit for ever (CPython 3.11, `BaseSubprocessTransport._wait`), and the end of the loop waits for the
task. Here nothing is between a program that runs and its owner: it is begun in one step, and pipes
and exit are descriptors, which are waited for while somebody does.
"""

import asyncio
import os
import signal
import subprocess
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import IO, Any

__all__ = ["DEVNULL", "PIPE", "Pipe", "Program", "begin", "running"]

# One that was killed has ended after this, or is in the hands of a disk.
_LEAVE_S = 1.0
_PIECE = 64 * 1024
# Those that were left to themselves.
_left: set[int] = set()


class Pipe:
    """Our end of a pipe to or from a program."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        os.set_blocking(file.fileno(), False)

    async def read(self, most: int = _PIECE) -> bytes:
        """Return what comes next, up to `most` bytes; nothing at the end."""
        loop = asyncio.get_running_loop()
        while True:
            with suppress(BlockingIOError):
                return os.read(self._file.fileno(), most)
            await _ready(self._file.fileno(), loop.add_reader, loop.remove_reader)

    async def read_all(self) -> bytes:
        """Return all that comes until the end."""
        data = bytearray()
        while piece := await self.read():
            data += piece
        return bytes(data)

    async def write_all(self, data: bytes) -> None:
        """Write `data` and close; what the program does not want to read is let go."""
        loop = asyncio.get_running_loop()
        with suppress(BrokenPipeError):
            while data:
                with suppress(BlockingIOError):
                    data = data[os.write(self._file.fileno(), data) :]
                    continue
                await _ready(self._file.fileno(), loop.add_writer, loop.remove_writer)
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._file.close()


class Program:
    """A program that runs, or has ended."""

    def __init__(self, process: "subprocess.Popen[bytes]", *, is_session: bool) -> None:
        self._process = process
        self._is_session = is_session
        self.pid = process.pid
        self.stdin = _pipe(process.stdin)
        self.stdout = _pipe(process.stdout)
        self.stderr = _pipe(process.stderr)

    async def wait(self) -> int:
        """Return its exit code once it has ended, negative for a signal."""
        loop = asyncio.get_running_loop()
        while (code := self._process.poll()) is None:
            with suppress(ProcessLookupError):
                descriptor = os.pidfd_open(self.pid)
                try:
                    await _ready(descriptor, loop.add_reader, loop.remove_reader)
                finally:
                    os.close(descriptor)
        return code

    def signal(self, number: int) -> None:
        """Send it a signal, and with it all of its session where that is its own."""
        if self._process.poll() is None or self._is_session:
            with suppress(ProcessLookupError):
                (os.killpg if self._is_session else os.kill)(self.pid, number)

    def let_go(self) -> None:
        """Close our ends of its pipes, and leave it to itself."""
        for pipe in (self.stdin, self.stdout, self.stderr):
            if pipe is not None:
                pipe.close()
        if self._process.poll() is None:
            self._process.returncode = 0  # no warning that nobody waits for it
            _left.add(self.pid)

    async def end(self) -> None:
        """Kill it; return when it has ended, or as good as that."""
        self.signal(signal.SIGKILL)
        try:
            async with asyncio.timeout(_LEAVE_S):
                await self.wait()
        except TimeoutError:
            pass
        finally:
            self.let_go()


def begin(*words: str, **ways: Any) -> Program:  # noqa: ANN401 (Popen's own)
    """Return a program that runs, begun in such `ways` (`subprocess.Popen`); OSError.

    It is the caller's to wait for, to end or to let go.
    """
    _bury()
    process = subprocess.Popen(words, bufsize=0, **ways)
    return Program(process, is_session=bool(ways.get("start_new_session")))


@asynccontextmanager
async def running(*words: str, **ways: Any) -> AsyncIterator[Program]:  # noqa: ANN401
    """Give a program that runs, begun in such `ways`; an exception ends it; OSError.

    What it has begun ends with it where it has a session of its own (`start_new_session`).
    """
    program = begin(*words, **ways)
    try:
        yield program
        await program.wait()
    except BaseException:
        await program.end()
        raise
    program.let_go()


def _bury() -> None:
    """Have the system forget those left to themselves that have ended since."""
    for pid in list(_left):
        with suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                continue
        _left.discard(pid)


def _pipe(file: IO[bytes] | None) -> Pipe | None:
    return None if file is None else Pipe(file)


async def _ready(
    descriptor: int, add: Callable[..., object], remove: Callable[[int], object]
) -> None:
    """Return when the descriptor is; `add` and `remove` are those of the loop."""
    ready = asyncio.Event()
    add(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        remove(descriptor)
