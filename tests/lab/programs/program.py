"""What the programs of others have in common: each runs in a world, and is waited for."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from tests.lab.patience import PATIENCE_S
from tests.lab.programs.display import pause
from tests.lab.programs.world import World, end

T = TypeVar("T")


class Program:
    """A program in a world, which may be ended and run again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, command: Sequence[str], **env: str) -> None:
        """Have it run, with more in its environment."""
        self._process = self.world.start(command, **env)

    def stop(self) -> None:
        """End it, as a crash would."""
        process, self._process = self._process, None
        if process is not None:
            end(process)

    @property
    def said(self) -> str:
        """What it complains of."""
        return self.world.output.read_text(errors="replace")

    async def until(self, condition: Callable[[], Awaitable[T | None]]) -> T:
        """Return what `condition` returns once that is true, as long as the program runs."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (found := await condition()):
                    assert self._process is not None, "it doesn't run"
                    assert self._process.poll() is None, "it has ended"
                    await pause()
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{error or 'it never came true'}: {self.said[-2000:]}") from None
        return found
