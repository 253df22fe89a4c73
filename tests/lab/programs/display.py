"""A display that nobody looks at (Xvfb), with keys and a pointer (xdotool)."""

import asyncio
import os
import subprocess
from types import TracebackType
from typing import Self

from tests.lab import leash
from tests.lab.patience import PATIENCE_S

# Without -noreset it begins anew with the end of its last program, and may miss the next.
_OPTIONS = ("-screen", "0", "1000x700x24", "-nolisten", "tcp", "-noreset")
_PAUSE_S = 0.2


class Display:
    """A display by whose windows programs are used; entering starts it."""

    def __init__(self) -> None:
        self.name = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        read, write = os.pipe()
        with open(read) as told:
            self._process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), *_OPTIONS],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(write,),
                start_new_session=True,
            )
            leash.hold(self._process.pid)
            os.close(write)
            number = told.readline().strip()
        assert number, "Xvfb doesn't start"
        self.name = f":{number}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()
        leash.release(self._process.pid)

    # -- what is on it

    async def windows(self, title: str = ".") -> list[str]:
        """Return the windows that are shown whose title matches, oldest first."""
        return (await self._do("search", "--onlyvisible", "--name", title)).split()

    async def until_gone(self, window: str) -> None:
        """Return once a window is shown no longer."""
        async with asyncio.timeout(PATIENCE_S):
            while window in await self.windows():
                await pause()

    async def size(self, window: str) -> tuple[int, int]:
        """Return how wide and how high a window is."""
        lines = (await self._do("getwindowgeometry", "--shell", window)).splitlines()
        said = dict(line.split("=") for line in lines)
        return int(said["WIDTH"]), int(said["HEIGHT"])

    # -- what is done on it

    async def press(self, window: str, *keys: str) -> None:
        """Press keys in a window."""
        await self._do("windowfocus", "--sync", window, "key", "--delay", "50", *keys)

    async def write(self, window: str, text: str) -> None:
        """Type a text in a window."""
        await self._do("windowfocus", "--sync", window, "type", "--delay", "10", text)

    async def click(self, window: str, x: int, y: int) -> None:
        """Click at a place of a window."""
        await self._do("mousemove", "--window", window, str(x), str(y), "click", "1")

    async def _do(self, *arguments: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *("xdotool", *arguments),
            env={**os.environ, "DISPLAY": self.name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a window may be gone meanwhile
        )
        output, _ = await process.communicate()
        return output.decode()


async def pause() -> None:
    """Let a program go on that tells nobody when it has."""
    await asyncio.sleep(_PAUSE_S)
