"""What the bus costs: calls one after the other, and the signals of a burst."""

import asyncio
import time

from backendd.api import names
from backendd.api.link import Link, MatchRule, Signal
from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage

SEND_MS, SIGNALS = 5, 300
_SENDS = 300


async def measure(options: Options) -> list[Row]:
    """Return the rows of the bus."""
    async with stage(options.root) as here:
        backend = await here.backend()
        took = await _send(here)
        signals, bodies = await _burst(here, options.burst)
        await backend.stop()
    missing = options.burst - bodies
    return [
        under(
            "`Send`, round trip with its commit, p50",
            *(median(took), SEND_MS, "ms"),
            also=f"p95 {percentile(took, 95):.1f}",
        ),
        under(
            f"signals of a burst of {options.burst:,} messages",
            *(signals, SIGNALS, "signals"),
            also=f"{missing} messages missing",
        ),
    ]


async def _send(here: Stage) -> list[float]:
    caller = await here.caller()
    took = []
    for number in range(_SENDS):
        begun = time.monotonic()
        await caller.send(here.server.jid("eve"), f"message {number}")
        took.append((time.monotonic() - begun) * 1000)
    await caller.close()
    return took


async def _burst(here: Stage, burst: int) -> tuple[int, int]:
    """Return how many signals came, and how many different messages were in them."""
    link = await Link.open(here.bus.address)
    last = "the last one"
    ended = asyncio.Event()
    signals = 0
    seen: set[int] = set()

    def count(signal: Signal) -> None:
        nonlocal signals
        signals += 1
        if signal.member == "Changed" and signal.interface == names.MESSAGES:
            seen.update(record["id"] for record in signal.args[1])
            if any(record.get("body") == last for record in signal.args[1]):
                ended.set()

    bob = await Sender(here.server, "bob").connect()
    link.subscribe(MatchRule(names.BUS_NAME, names.profile_path(PROFILE)), count)
    bob.flood(here.server.jid(PROFILE), burst, last=last)
    async with asyncio.timeout(60):
        await ended.wait()
    # A call is answered after the signals that were sent before it.
    await link.call(names.BUS_NAME, names.profile_path(PROFILE), names.MESSAGES, "Conversations")
    await bob.close()
    await link.close()
    return signals, len(seen)
