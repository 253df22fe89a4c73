"""A real program in a real pty, and the screen it draws."""

import asyncio
import contextlib
import fcntl
import os
import re
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.lab import leash
from tests.lab.patience import PATIENCE_S
from tests.lab.protocols import Protocols
from tests.lab.screen import Emulator

_ENTER = "\r"
KEYS = {
    "enter": _ENTER,
    "esc": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "page up": "\x1b[5~",
    "page down": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
}


class Terminal:
    """One program and its terminal; all calls belong to the running event loop."""

    def __init__(
        self, process: asyncio.subprocess.Process, master: int, emulator: Emulator
    ) -> None:
        self._process = process
        self._master = master
        self.emulator = emulator
        self._changed = asyncio.Event()
        self._open = True
        self.received = 0
        """How many bytes the program wrote."""
        asyncio.get_running_loop().add_reader(master, self._read)

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        rows: int = 24,
        columns: int = 80,
        cwd: Path | None = None,
        protocols: Protocols | None = None,
    ) -> Self:
        """Run `command` as the leader of a session whose terminal has this size."""
        master, slave = os.openpty()
        os.set_blocking(master, False)
        _set_size(master, rows, columns)
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env={"TERM": "xterm-256color", "LANG": "C.UTF-8", **env},
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_take_terminal,
            )
        except BaseException:
            os.close(master)
            raise
        finally:
            os.close(slave)
        leash.hold(process.pid)
        return cls(process, master, Emulator(rows, columns, protocols))

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    @property
    def settings(self) -> list[Any]:
        """What `termios` says of the terminal."""
        return termios.tcgetattr(self._master)

    @property
    def protocols(self) -> Protocols:
        """What the program asked of the terminal besides drawing."""
        return self.emulator.protocols

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, without blanks at their ends."""
        return [row.rstrip() for row in self.emulator.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self.emulator.cursor.y, self.emulator.cursor.x

    def write(self, text: str) -> None:
        """Type `text` as it is."""
        os.write(self._master, text.encode())

    def press(self, *keys: str) -> None:
        """Press keys by name: those of KEYS, `C-x`, `M-x`, or a character."""
        for key in keys:
            self.write(_encode(key))

    def submit(self, text: str) -> None:
        """Type `text` and press Enter."""
        self.write(text + _ENTER)

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size; the program is told by SIGWINCH."""
        self.emulator.resize(rows, columns)
        _set_size(self._master, rows, columns)

    async def wait_for(self, pattern: str, *, within: float = PATIENCE_S) -> re.Match[str]:
        """Return the first match of the regular expression once it is on the screen."""
        wanted = re.compile(pattern, re.MULTILINE)
        await self.wait_until(
            lambda: bool(wanted.search(self.text)), f"{pattern!r} to appear", within=within
        )
        match = wanted.search(self.text)
        assert match is not None
        return match

    async def wait_gone(self, pattern: str, *, within: float = PATIENCE_S) -> None:
        """Return once nothing on the screen matches the regular expression."""
        gone = re.compile(pattern, re.MULTILINE)
        await self.wait_until(
            lambda: not gone.search(self.text), f"{pattern!r} to go", within=within
        )

    async def wait_until(
        self, condition: Callable[[], bool], what: str = "the screen", *, within: float = PATIENCE_S
    ) -> None:
        """Return once `condition` holds; it is asked again whenever the screen changes."""
        try:
            async with asyncio.timeout(within):
                while not condition():
                    if not self._open:
                        raise AssertionError(f"waited for {what}, but it ended; {self._shown()}")
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited {within} s for {what}; {self._shown()}") from None

    async def wait_exit(self, *, within: float = PATIENCE_S) -> int:
        """Return the exit code of the program, negative for a signal."""
        try:
            async with asyncio.timeout(within):
                return await self._process.wait()
        except TimeoutError:
            raise AssertionError(f"it is still running; {self._shown()}") from None

    def stall(self) -> None:
        """Read nothing any more, as a link does that hangs: what is written waits."""
        asyncio.get_running_loop().remove_reader(self._master)

    def go_on(self) -> None:
        """Undo `stall`."""
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def disconnect(self) -> None:
        """Close the terminal and leave it to the program to notice."""
        self._close()

    async def hang_up(self) -> None:
        """Close the terminal as a lost ssh link does: the program gets SIGHUP."""
        self._close()
        await self._process.wait()

    async def close(self) -> None:
        """End the program, by force if it doesn't go, and give the terminal back."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if self._process.returncode is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(sign)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await self._process.wait()
        leash.release(self._process.pid)
        self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return
        except OSError:  # EIO: the last process let go of the terminal
            data = b""
        if data:
            self.received += len(data)
            answer = self.emulator.feed(data)
            if answer:
                os.write(self._master, answer)
        else:
            self._open = False
            asyncio.get_running_loop().remove_reader(self._master)
        self._changed.set()

    def _close(self) -> None:
        if self._master < 0:
            return
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)
        self._master = -1
        self._open = False

    def _shown(self) -> str:
        return f"the screen is:\n{self.text.rstrip()}\n"


def _encode(key: str) -> str:
    if key.startswith("C-") and len(key) == 3:
        return chr(ord(key[2]) & 0x1F)
    if key.startswith("M-"):
        return "\x1b" + _encode(key[2:])
    return KEYS.get(key, key)


def _set_size(descriptor: int, rows: int, columns: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
