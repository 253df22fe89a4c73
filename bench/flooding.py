"""A flood of messages, whatever sends it: what it costs, and the rows that are made of that."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

from backendd.api.tasks import Tasks
from bench.figures import median, percentile
from bench.processes import cpu_s
from bench.row import Row, beside, under
from bench.terminal import Recorder, latencies, showing
from tests.lab.prosody import Prosody

CPU, WALL, BYTES_KB, KEY_MS = 0.6, 1.15, 100, 10
KEY_EVERY_S = 0.06
FOLLOW_EVERY_S = 0.1
KEYS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"

Pour = Callable[[str], None]
"""Sends a flood whose last message has this text."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a flood cost until its last message was on the screen."""

    cpu_s: float
    wall_s: float
    written: int = 0

    def times(self, factor: int) -> "Cost":
        """Return what so many of these cost."""
        return Cost(self.cpu_s * factor, self.wall_s * factor, self.written * factor)


def new_end() -> str:
    """Return the text of a last message."""
    return f"this is the end of flood {next(_numbers)}"


async def shown(terminal: Recorder, pour: Pour, *pids: int, follows: bool = False) -> Cost:
    """Return what a flood costs these processes until its end is on the screen.

    `follows`: the program goes there by itself, as rivals do.
    """
    last = new_end()
    if not follows:
        terminal.press("esc")
        await terminal.settle()
    used, written, begun = cpu_s(*pids), terminal.received, time.monotonic()
    pour(last)
    await (terminal.settle(last, quiet=1.0) if follows else follow(terminal, last))
    end = terminal.first(showing(last), after=begun)
    return Cost(cpu_s(*pids) - used, end - begun, terminal.received - written)


async def follow(terminal: Recorder, last: str, *, quiet: float = 1.0) -> None:
    """Return once the last message is on our screen, of which keys go to commands.

    Where more comes than fits, the screen stays at what nobody has seen. So the key that goes to
    the newest message is pressed until then, as whoever doesn't want to read all that would do.
    """
    tasks = Tasks()
    tasks.start(_go_to_newest(terminal), name="go to the newest")
    try:
        await terminal.settle(last, quiet=quiet)
    finally:
        await tasks.stop()


async def _go_to_newest(terminal: Recorder) -> None:
    while True:
        terminal.press("G")
        await asyncio.sleep(FOLLOW_EVERY_S)


async def read_all(terminal: Recorder) -> None:
    """Have all count as read, so that the next look begins at the end."""
    terminal.press("esc")
    await terminal.settle()
    terminal.submit(":mark-read")
    await terminal.settle()


async def received(server: Prosody, pour: Pour, *options: str) -> Cost:
    """Return what a flood costs a client that does nothing else (`bench.receiver`)."""
    last = new_end()
    async with _receiver(server, last, *options) as told:
        await told.readline()
        begun = time.monotonic()
        pour(last)
        end, used = (float(word) for word in (await told.readline()).split())
    return Cost(used, end - begun)


async def entered(server: Prosody, room: str) -> float:
    """Return how long a client that does nothing else takes to be in a room."""
    async with _receiver(server, "", "--room", room) as told:
        return float(await told.readline())


@asynccontextmanager
async def _receiver(
    server: Prosody, last: str, *options: str
) -> AsyncIterator[asyncio.StreamReader]:
    """Yield what a receiver tells, which ends by itself."""
    receiver = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.receiver", server.jid("bare"), server.password("bare")),
        *(str(server.port), str(server.ca_file), last, *options),
        stdout=asyncio.subprocess.PIPE,
    )
    assert receiver.stdout is not None
    yield receiver.stdout
    await receiver.wait()


async def type_meanwhile(terminal: Recorder, pour: Pour) -> list[float]:
    """Return the milliseconds from each key to the screen, typed while a flood comes in."""
    last = new_end()
    pour(last)
    await terminal.settle(r"number \d+ of many", quiet=0.05)
    typed = {}
    for number in range(len(KEYS)):
        typed[KEYS[: number + 1]] = time.monotonic()
        terminal.write(KEYS[number])
        await asyncio.sleep(KEY_EVERY_S)
    await terminal.settle(quiet=1.0)
    took = latencies(terminal, typed)
    terminal.press("esc")
    await terminal.settle()
    await follow(terminal, last)
    return took


def cpu(flooded: str, ours: Sequence[Cost], rival: str, theirs: Sequence[Cost]) -> Row:
    """Return the row of CPU time."""
    used = median([each.cpu_s for each in theirs]) if theirs else None
    measure = f"{flooded}: CPU of daemon and TUI"
    return beside(measure, median([each.cpu_s for each in ours]), rival, used, CPU, "s")


def wall(measure: str, ours: Sequence[Cost], rival: str, bare: Sequence[Cost]) -> Row:
    """Return the row of the time until the end is on the screen."""
    took = median([each.wall_s for each in bare])
    return beside(measure, median([each.wall_s for each in ours]), rival, took, WALL, "s")


def written(flooded: str, ours: Sequence[Cost], theirs: Mapping[str, Sequence[Cost]]) -> Row:
    """Return the row of bytes to the terminal."""
    told = {name: median([each.written for each in costs]) for name, costs in theirs.items()}
    also = ", ".join(f"{name}: {number / 1000:.0f} kB" for name, number in told.items())
    number = median([each.written for each in ours]) / 1000
    return under(f"{flooded}: bytes to the terminal", number, BYTES_KB, "kB", also=also)


def keys(measure: str, took: Sequence[float]) -> Row:
    """Return the row of keys typed while much else goes on."""
    also = f"p50 {median(took):.1f}, max {max(took):.1f}"
    return under(measure, percentile(took, 95), KEY_MS, "ms", also=also)
