"""How soon what somebody writes is on the screen: alone, behind something lesser, a few at once."""

import asyncio
import random
import time

from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, stage
from bench.terminal import Recorder, showing

ALONE_MS, FEW_MS = 20, 50
FEW = 5
# A person who writes was seen typing before: as long ago as it takes to type.
_TYPED_S = (0.0, 0.005, 0.02, 0.05, 0.2, 0.5)


async def measure(options: Options) -> list[Row]:
    """Return the rows of messages that come in."""
    alone, few = [], []
    async with stage(options.root, accounts=("prim", "friend", "other")) as here:
        to = here.server.jid(PROFILE)
        friend = await Sender(here.server, "friend").connect()
        other = await Sender(here.server, "other").connect()
        backend = await here.backend()
        other.send(to, "from somebody else")
        await asyncio.sleep(0.2)
        friend.send(to, "the first of all")
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("the first of all")
            for number in range(options.keys):
                other.compose(to)
                friend.compose(to)
                await asyncio.sleep(random.choice(_TYPED_S))
                alone.append(await _arrival(terminal, friend, to, [f"number {number} of some"]))
                texts = [f"number {number}, part {part} of a few" for part in range(FEW)]
                few.append(await _arrival(terminal, friend, to, texts))
        await friend.close()
        await other.close()
    return [
        under(
            "a lone message, from the wire to the screen, p95",
            *(percentile(alone, 95), ALONE_MS, "ms"),
            also=f"p50 {median(alone):.1f}",
        ),
        under(
            f"{FEW} messages in 50 ms, from the last on the wire to the screen, p95",
            *(percentile(few, 95), FEW_MS, "ms"),
            also=f"p50 {median(few):.1f}",
        ),
    ]


async def _arrival(terminal: Recorder, sender: Sender, to: str, texts: list[str]) -> float:
    """Return the milliseconds from when the last of `texts` was sent until it was shown."""
    for number, text in enumerate(texts):
        await asyncio.sleep(0.01 if number else 0.0)
        sent = time.monotonic()
        sender.send(to, text)
    await terminal.settle(texts[-1], quiet=0.5)
    return (terminal.first(showing(texts[-1]), after=sent) - sent) * 1000
