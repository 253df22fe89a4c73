"""A flood of messages through the server: to the open conversation, and to another one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backendd.api.names import MESSAGES
from bench import flooding, rivals
from bench.flooding import Cost, Pour
from bench.options import Options
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder
from tests.lab.backend import Backend

HIDDEN_KB = 5


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

        def pour(account: str) -> Pour:
            return lambda last: bob.flood(here.server.jid(account), options.burst, last=last)

        for _ in range(options.floods):
            bare.append(await flooding.received(here.server, pour("bare")))
            managed.append(
                await flooding.received(here.server, pour("bare"), "--plugin", "xep_0198")
            )
            async with _primitivus(here, backend, bob) as terminal:
                pids = (backend.pid, terminal.pid)
                ours.append(await flooding.shown(terminal, pour(PROFILE), *pids))
                await flooding.read_all(terminal)
            if rivals.profanity_version():
                async with _profanity(here, bob) as terminal:
                    cost = flooding.shown(terminal, pour("prof"), terminal.pid, follows=True)
                    theirs.append(await cost)
        async with _primitivus(here, backend, bob) as terminal:
            keys = await flooding.type_meanwhile(terminal, pour(PROFILE))
            await flooding.read_all(terminal)
            hidden = await _hidden(terminal, here, eve, options.burst)
        for sender in (bob, eve):
            await sender.close()
    flooded = f"{options.burst:,} messages to the open conversation"
    shown = f"{flooded}: until the last one is on the screen"
    kept = f"{flooded}: the same, where the server keeps them until acknowledged (XEP-0198)"
    return [
        flooding.cpu(flooded, ours, "profanity", theirs),
        flooding.wall(shown, ours, "a bare slixmpp receiver", bare),
        flooding.wall(kept, ours, "such a receiver", managed),
        flooding.written(flooded, ours, {"profanity": theirs} if theirs else {}),
        under(
            f"{options.burst:,} messages to another conversation: bytes",
            *(hidden / 1000, HIDDEN_KB, "kB"),
        ),
        flooding.keys("key to screen in a flood, p95", keys),
    ]


async def _hidden(terminal: Recorder, here: Stage, sender: Sender, burst: int) -> int:
    """Return how many bytes are written for a flood to a conversation that isn't shown."""
    last = flooding.new_end()
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
