"""How quickly the daemon starts, beside poezio's start."""

import asyncio
import time

from backendd.api.names import BUS_NAME
from bench import rivals
from bench.figures import median
from bench.options import Options
from bench.row import Row, beside
from bench.stage import Stage, stage
from bench.terminal import Recorder, showing
from tests.lab.backend import Backend, wait_for_name

NAMED, ONLINE = 1.3, 2.0


async def measure(options: Options) -> list[Row]:
    """Return the rows of `backendd` starting."""
    named: list[float] = []
    online: list[float] = []
    theirs: list[float] = []
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        for _ in range(options.rounds):
            to_name, to_online = await _start(here, backend)
            named.append(to_name)
            online.append(to_online)
            if rivals.poezio_version():
                begun = time.monotonic()
                terminal = await rivals.poezio(here)
                theirs.append(await logged_in(terminal, rivals.POEZIO_ONLINE) - begun)
    rival = median(theirs) if theirs else None
    return [
        beside("daemon start to its bus name", median(named), "poezio", rival, NAMED, "s"),
        beside("daemon start to profile online", median(online), "poezio", rival, ONLINE, "s"),
    ]


async def logged_in(terminal: Recorder, pattern: str) -> float:
    """Return when a program showed that it was logged in, and end it."""
    async with terminal:
        await terminal.settle(pattern)
        return terminal.first(showing(pattern))


async def _start(here: Stage, backend: Backend) -> tuple[float, float]:
    begun = time.monotonic()
    starting = asyncio.gather(backend.start(), _owned(here))
    named = (await starting)[1]
    caller = await here.caller()
    await caller.wait_state("online")
    online = time.monotonic()
    await caller.close()
    await backend.stop()
    return named - begun, online - begun


async def _owned(here: Stage) -> float:
    await wait_for_name(here.bus.address, BUS_NAME)
    return time.monotonic()
