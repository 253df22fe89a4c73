"""Rooms of many: a flood of messages in one, thousands who are there, and who come and go."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from backendd.api.names import ROOMS
from bench import crowd, flooding, rivals
from bench.crowd import OWNER, Crowd
from bench.figures import median
from bench.flooding import Cost, Pour
from bench.options import Options
from bench.processes import pss_mb
from bench.row import Row, beside, under
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder, latencies, showing
from tests.lab.backend import Backend
from tests.lab.caller import Caller
from tests.lab.server import DOMAIN, free_ports

ENTERED, DAEMON_MB, TUI_MB = 2.5, 60, 45
FEW, MANY = 500, 5_000
# Rivals get so small a part of a flood: on a slow disk profanity loses its connection over all.
RIVALS_PART = 5
KEY_EVERY_S = 0.05
_LEAST_KEYS, _MOST_KEYS = 20, 90
_LIMIT_S = 60.0


async def measure(options: Options) -> list[Row]:
    """Return the rows of rooms."""
    few, many = (each // 10 if options.is_quick else each for each in (FEW, MANY))
    (port,) = free_ports(1)
    async with stage(options.root, settings=crowd.settings(DOMAIN, port)) as here:
        service = await Crowd(here.server, port, {"few": few, "many": many}).connect()
        backend = await here.backend()
        rows = await _floods(here, service, backend, options)
        rows += await _many(here, service, backend, options)
        await service.close()
    return rows


# -- a flood in a room


async def _floods(here: Stage, service: Crowd, backend: Backend, options: Options) -> list[Row]:
    room = service.room("few")
    ours: list[Cost] = []
    bare: list[Cost] = []
    theirs: dict[str, list[Cost]] = {}

    def pour(account: str, burst: int = options.burst) -> Pour:
        jid = here.server.jid(account)
        return lambda last: service.flood(room, jid, burst, last=last)

    async def rival(terminal: Recorder, account: str) -> list[Cost]:
        part = pour(account, options.burst // RIVALS_PART)
        cost = await flooding.shown(terminal, part, terminal.pid, follows=True)
        return [cost.times(RIVALS_PART)]

    for _ in range(options.floods):
        bare.append(await flooding.received(here.server, pour("bare"), "--room", room))
        async with _primitivus(here, backend, room) as terminal:
            pids = (backend.pid, terminal.pid)
            ours.append(await flooding.shown(terminal, pour(PROFILE), *pids))
            await flooding.read_all(terminal)
    if rivals.profanity_version():
        async with _profanity(here, room) as terminal:
            theirs["profanity"] = await rival(terminal, "prof")
    if rivals.poezio_version():
        async with _poezio(here, room) as terminal:
            theirs["poezio"] = await rival(terminal, "poez")
    async with _primitivus(here, backend, room) as terminal:
        keys = await flooding.type_meanwhile(terminal, pour(PROFILE))
    flooded = f"{options.burst:,} messages in a room of {service.size(room):,}"
    shown = f"{flooded}: until the last one is on the screen"
    return [
        flooding.cpu(flooded, ours, "profanity", theirs.get("profanity", ())),
        flooding.cpu(flooded, ours, "poezio", theirs.get("poezio", ())),
        flooding.wall(shown, ours, "a bare slixmpp receiver", bare),
        flooding.written(flooded, ours, theirs),
        flooding.keys("key to screen in a flood in a room, p95", keys),
    ]


@asynccontextmanager
async def _primitivus(here: Stage, backend: Backend, room: str) -> AsyncIterator[Recorder]:
    """Yield the terminal UI with a room open, ready to write."""
    async with await here.primitivus(backend) as terminal:
        await terminal.settle()
        terminal.press("esc")
        await terminal.settle()
        terminal.submit(f":join {room}")
        await terminal.settle(rf"{room}  \d+ here", quiet=1.0)
        yield terminal


@asynccontextmanager
async def _profanity(here: Stage, room: str) -> AsyncIterator[Recorder]:
    async with await rivals.profanity(here) as terminal:
        await terminal.settle(rivals.PROFANITY_ONLINE)
        terminal.submit(f"/join {room}")
        await terminal.settle(r"about nothing", quiet=1.0)
        yield terminal


@asynccontextmanager
async def _poezio(here: Stage, room: str) -> AsyncIterator[Recorder]:
    async with await rivals.poezio(here) as terminal:
        await terminal.settle(rivals.POEZIO_ONLINE)
        await rivals.poezio_command(terminal, f"/join {room}/poez")
        await terminal.settle(r"about nothing", quiet=1.0)
        yield terminal


# -- thousands of occupants


async def _many(here: Stage, service: Crowd, backend: Backend, options: Options) -> list[Row]:
    room = service.room("many")
    ours: list[float] = []
    bare: list[float] = []
    keys: list[float] = []
    caller = await here.caller()
    async with _primitivus(here, backend, room) as terminal:
        for _ in range(options.floods):
            bare.append(await flooding.entered(here.server, room))
            await caller.call(ROOMS, "Leave", "s", room)
            await terminal.settle(quiet=1.0)
            begun = time.monotonic()
            typed = await _type_while(terminal, caller.call(ROOMS, "Join", "ss", room, "prim"))
            await terminal.settle(OWNER, quiet=1.0)
            ours.append(terminal.first(showing(OWNER), after=begun) - begun)
            keys += latencies(terminal, typed)
            await _clear(terminal)
        storm = await _storm(terminal, caller, service, here.server.jid(PROFILE), room)
        memory = pss_mb(backend.pid), pss_mb(terminal.pid)
    await caller.close()
    return [
        beside(
            f"entering a room of {service.size(room):,}, until they are drawn",
            *(median(ours), "a bare slixmpp client", median(bare), ENTERED, "s"),
        ),
        flooding.keys("key to screen meanwhile, p95", keys),
        flooding.keys("key to screen while all of them leave and come back, p95", storm),
        under("memory of the daemon, then", memory[0], DAEMON_MB, "MB"),
        under("memory of the TUI, then", memory[1], TUI_MB, "MB"),
    ]


async def _storm(
    terminal: Recorder, caller: Caller, service: Crowd, account: str, room: str
) -> list[float]:
    """Return the milliseconds from each key to the screen while all leave and come back."""
    last = flooding.new_end()

    async def until_told() -> None:
        await service.storm(room, account)
        service.flood(room, account, 1, last=last)
        await caller.wait_for(room, lambda message: message["body"] == last)

    typed = await _type_while(terminal, until_told())
    await terminal.settle(last, quiet=1.0)
    took = latencies(terminal, typed)
    await _clear(terminal)
    return took


async def _type_while(terminal: Recorder, work: Coroutine[Any, Any, object]) -> dict[str, float]:
    """Type until `work` is done; return when which text was typed."""
    typed: dict[str, float] = {}
    async with asyncio.timeout(_LIMIT_S), asyncio.TaskGroup() as tasks:
        doing = tasks.create_task(work)
        while not doing.done() or len(typed) < _LEAST_KEYS:
            text = "".join(chr(ord("a") + n % 26) for n in range(len(typed) + 1))
            if len(text) <= _MOST_KEYS:
                typed[text] = time.monotonic()
                terminal.write(text[-1])
            await asyncio.sleep(KEY_EVERY_S)
    return typed


async def _clear(terminal: Recorder) -> None:
    """Take back what was typed."""
    terminal.write("\x15")
    await terminal.settle()
