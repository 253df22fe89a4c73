"""Finding a dead connection (XEP-0199): ask now and then, and give up without an answer.

What comes unasked is no answer: a link may be dead in one direction alone.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import HostUnreachable
from backendd.core import clock
from backendd.xmpp.backoff import JUMP_S, LOOK_S

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

ANSWER_S = 15.0
LATE_S = 25.0


async def keep_alive(
    wire: "Wire",
    ping: Callable[[], None],
    interval_s: float,
    *,
    answer_s: float = ANSWER_S,
    suspended: Callable[[], float] = clock.suspended,
) -> None:
    """Fail `wire` when a question isn't answered in time; ask `interval_s` after the last answer.

    After the machine was asleep it asks at once.
    """
    loop = asyncio.get_running_loop()
    slept = suspended()
    while not wire.closed.done():
        due = wire.pulse.next_question(interval_s)
        was_asleep = suspended() - slept > JUMP_S
        if was_asleep or (due is not None and due <= loop.time()):
            slept = suspended()
            ping()
            wire.pulse.ask(anew=was_asleep)
        wire.pulse.watch(wire.unsent)
        end = wire.pulse.end(min(answer_s, interval_s), min(LATE_S, interval_s))
        if end is not None and end <= loop.time():
            wire.fail(HostUnreachable(f"{wire.default_domain} no longer answers"))
            return
        next_look = end or wire.pulse.next_question(interval_s) or 0.0
        await asyncio.sleep(min(max(next_look - loop.time(), 0.0), LOOK_S))
