"""A minute in which nothing happens."""

import asyncio

from bench.options import Options
from bench.processes import wakeups
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, stage

WAKEUPS = 10
CLOCK_BYTES = 50
"""What one update of a clock may take."""


async def measure(options: Options) -> list[Row]:
    """Return the rows of a terminal UI that idles."""
    seconds = 10 if options.is_quick else 60
    async with stage(options.root) as here:
        bob = await Sender(here.server, "bob").connect()
        backend = await here.backend()
        bob.send(here.server.jid(PROFILE), "hello")
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("hello", quiet=2.0)
            written, woken = terminal.received, wakeups(terminal.pid)
            daemon_woken = wakeups(backend.pid)
            await asyncio.sleep(seconds)
            written, woken = terminal.received - written, wakeups(terminal.pid) - woken
            daemon_woken = wakeups(backend.pid) - daemon_woken
        await bob.close()
    return [
        under(f"idle for {seconds} s: bytes of the TUI", written, CLOCK_BYTES, "bytes"),
        under(
            f"idle for {seconds} s: wake-ups of the TUI",
            *(woken, WAKEUPS, "times"),
            also=f"daemon {daemon_woken}",
        ),
    ]
