"""A flood of messages through the server: to the open conversation, and to another one."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

from backendd.api.names import MESSAGES
from bench import rivals
from bench.figures import median, percentile
from bench.options import Options
from bench.processes import cpu_s
from bench.row import Row, beside, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder, latencies, showing
from tests.lab.backend import Backend

CPU, WALL, BYTES_KB, HIDDEN_KB, KEY_MS = 0.6, 1.15, 100, 5, 10
KEY_EVERY_S = 0.06
KEYS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a flood cost until its last message was on the screen."""

    cpu_s: float
    wall_s: float
    written: int = 0


async def measure(options: Options) -> list[Row]:
    """Return the rows of floods."""
    ours: list[Cost] = []
    theirs: list[Cost] = []
    bare: list[Cost] = []
    managed: list[Cost] = []
    async with stage(options.root) as here:
        bob = await Sender(here.server, "bob").connect()
        eve = await Sender(here.server, "eve").connect()
        backend = await here.backend()
        for _ in range(options.floods):
            bare.append(await _bare(here, bob, options.burst))
            managed.append(await _bare(here, bob, options.burst, "xep_0198"))
            async with _primitivus(here, backend, bob) as terminal:
                pids = (backend.pid, terminal.pid)
                ours.append(await _flood(terminal, bob, PROFILE, here, options.burst, pids))
            if rivals.profanity_version():
                async with _profanity(here, bob) as terminal:
                    only = (terminal.pid,)
                    theirs.append(await _flood(terminal, bob, "prof", here, options.burst, only))
        async with _primitivus(here, backend, bob) as terminal:
            keys = await _type_meanwhile(terminal, here, bob, options.burst)
            hidden = await _hidden(terminal, here, eve, options.burst)
        for sender in (bob, eve):
            await sender.close()
    flooded = f"{options.burst:,} messages to the open conversation"
    rival = median([each.cpu_s for each in theirs]) if theirs else None
    written = median([each.written for each in ours]) / 1000
    also = f"profanity: {median([each.written for each in theirs]) / 1000:.0f} kB" if theirs else ""
    return [
        beside(
            f"{flooded}: CPU of daemon and TUI",
            *(median([each.cpu_s for each in ours]), "profanity", rival, CPU, "s"),
        ),
        beside(
            f"{flooded}: until the last one is on the screen",
            median([each.wall_s for each in ours]),
            *("a bare slixmpp receiver", median([each.wall_s for each in bare]), WALL, "s"),
        ),
        beside(
            f"{flooded}: the same, where the server keeps them until acknowledged (XEP-0198)",
            median([each.wall_s for each in ours]),
            *("such a receiver", median([each.wall_s for each in managed]), WALL, "s"),
        ),
        under(f"{flooded}: bytes to the terminal", written, BYTES_KB, "kB", also=also),
        under(
            f"{options.burst:,} messages to another conversation: bytes",
            *(hidden / 1000, HIDDEN_KB, "kB"),
        ),
        under(
            "key to screen in a flood, p95",
            *(percentile(keys, 95), KEY_MS, "ms"),
            also=f"p50 {median(keys):.1f}, max {max(keys):.1f}",
        ),
    ]


async def _flood(
    terminal: Recorder, sender: Sender, to: str, here: Stage, burst: int, pids: tuple[int, ...]
) -> Cost:
    last = f"this is the end of flood {next(_numbers)}"
    used, written, begun = cpu_s(*pids), terminal.received, time.monotonic()
    sender.flood(here.server.jid(to), burst, last=last)
    await terminal.settle(last, quiet=1.0)
    end = terminal.first(showing(last), after=begun)
    return Cost(cpu_s(*pids) - used, end - begun, terminal.received - written)


async def _bare(here: Stage, sender: Sender, burst: int, *plugins: str) -> Cost:
    last = f"this is the end of flood {next(_numbers)}"
    server = here.server
    receiver = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.receiver", server.jid("bare"), server.password("bare")),
        *(str(server.port), str(server.ca_file), last, *plugins),
        stdout=asyncio.subprocess.PIPE,
    )
    assert receiver.stdout is not None
    await receiver.stdout.readline()
    begun = time.monotonic()
    sender.flood(server.jid("bare"), burst, last=last)
    end, used = (float(word) for word in (await receiver.stdout.readline()).split())
    await receiver.wait()
    return Cost(used, end - begun)


async def _type_meanwhile(
    terminal: Recorder, here: Stage, sender: Sender, burst: int
) -> list[float]:
    """Return the milliseconds from each key to the screen, typed while a flood comes in."""
    last = f"this is the end of flood {next(_numbers)}"
    sender.flood(here.server.jid(PROFILE), burst, last=last)
    await terminal.settle(r"number \d+ of many", quiet=0.05)
    typed = {}
    for number in range(len(KEYS)):
        typed[KEYS[: number + 1]] = time.monotonic()
        terminal.write(KEYS[number])
        await asyncio.sleep(KEY_EVERY_S)
    await terminal.settle(last, quiet=1.0)
    return latencies(terminal, typed)


async def _hidden(terminal: Recorder, here: Stage, sender: Sender, burst: int) -> int:
    """Return how many bytes are written for a flood to a conversation that isn't shown."""
    last = f"this is the end of flood {next(_numbers)}"
    sender.send(here.server.jid(PROFILE), "before the flood")
    await terminal.settle("eve", quiet=1.0)
    written = terminal.received
    caller = await here.caller()
    sender.flood(here.server.jid(PROFILE), burst, last=last)
    while True:
        found = await caller.call(MESSAGES, "Conversations")
        if any(each.get("last", {}).get("body") == last for each in found):
            break
        await asyncio.sleep(0.2)
    await caller.close()
    await terminal.settle(quiet=1.0)
    return terminal.received - written


@asynccontextmanager
async def _primitivus(here: Stage, backend: Backend, sender: Sender) -> AsyncIterator[Recorder]:
    """Yield the terminal UI with an open conversation."""
    sender.send(here.server.jid(PROFILE), "hello")
    async with await here.primitivus(backend) as terminal:
        await terminal.settle("bob@.*")
        await terminal.settle("hello|this is the end", quiet=1.0)
        yield terminal


@asynccontextmanager
async def _profanity(here: Stage, sender: Sender) -> AsyncIterator[Recorder]:
    """Yield profanity with an open conversation."""
    async with await rivals.profanity(here) as terminal:
        await terminal.settle(rivals.PROFANITY_ONLINE)
        terminal.submit(f"/msg {sender.jid}")
        await terminal.settle(r"^ bob@.*unencrypted", quiet=1.0)
        yield terminal
