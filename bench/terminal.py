"""A terminal that disturbs as little as it can: it records first, and looks at the screen later."""

import asyncio
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tests.lab.screen import Emulator
from tests.lab.terminal import Terminal

ROWS, COLUMNS = 35, 120
_LIMIT_S = 60.0


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What was seen on the screen at a time."""

    time: float
    value: T


@dataclass(frozen=True, slots=True)
class Chunk:
    """What the program wrote at once, and when it could be read (time.monotonic)."""

    time: float
    data: bytes


class Recorder(Terminal):
    """A terminal for measuring: what it read is emulated only when the screen is asked for."""

    def __init__(
        self, process: asyncio.subprocess.Process, master: int, emulator: Emulator
    ) -> None:
        super().__init__(process, master, emulator)
        self.chunks: list[Chunk] = []
        self._seen = 0

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, after all that was read."""
        for chunk in self.chunks[self._seen :]:
            self.emulator.feed(chunk.data)
        self._seen = len(self.chunks)
        return super().rows

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, after all that was read."""
        assert self.rows
        return super().cursor

    def timeline(self, look: Callable[[list[str]], T], *, after: float = 0.0) -> Iterator[Seen[T]]:
        """Play all again that the program has written; yield what was seen at and after a time."""
        emulator = Emulator(ROWS, COLUMNS)
        rows = [""] * ROWS
        for chunk in self.chunks:
            emulator.dirty.clear()
            emulator.feed(chunk.data)
            for number in emulator.dirty:
                rows[number] = _text(emulator, number)
            if chunk.time >= after:
                yield Seen(chunk.time, look(rows))

    def first(self, shows: Callable[[list[str]], bool], *, after: float = 0.0) -> float:
        """Return when the screen first met a condition, at or after a time."""
        for seen in self.timeline(shows, after=after):
            if seen.value:
                return seen.time
        raise AssertionError(f"this never was on the screen, which now is\n{self.text}")

    def completed(self, *, after: float = 0.0) -> float:
        """Return when the screen first was, at or after a time, as it is now."""
        settled = self.rows
        return self.first(lambda rows: rows == settled, after=after)

    async def settle(
        self,
        pattern: str = "",
        *,
        quiet: float = 0.4,
        shows: Callable[[list[str]], bool] = lambda rows: True,
    ) -> None:
        """Return once nothing was written for `quiet` seconds and the screen is as it is to be.

        `pattern` has to be on it, and it has to meet the condition `shows`.
        """
        deadline = time.monotonic() + _LIMIT_S
        while True:
            count = len(self.chunks)
            await asyncio.sleep(quiet)
            is_there = re.search(pattern, self.text, re.MULTILINE) and shows(self.rows)
            if is_there and len(self.chunks) == count:
                return
            if time.monotonic() > deadline or not self._open:
                raise AssertionError(f"waited for {pattern!r}; {self._shown()}")

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.chunks.append(Chunk(time.monotonic(), data))
            self.received += len(data)
        else:
            self._open = False
            asyncio.get_running_loop().remove_reader(self._master)
        self._changed.set()


def showing(pattern: str) -> Callable[[list[str]], bool]:
    """Return the condition that a row matches `pattern`."""
    wanted = re.compile(pattern)
    return lambda rows: any(wanted.search(row) for row in rows)


def latencies(terminal: Recorder, typed: dict[str, float]) -> list[float]:
    """Return the milliseconds from each key to the screen, given when which text was complete."""
    seen = list(terminal.timeline(lambda rows: rows[-1], after=min(typed.values())))
    return [
        (next(each.time for each in seen if each.time >= when and text in each.value) - when) * 1000
        for text, when in typed.items()
    ]


def _text(emulator: Emulator, number: int) -> str:
    line = emulator.buffer[number]
    return "".join(line[column].data for column in range(emulator.columns)).rstrip()
