"""Finding a dead connection (XEP-0199): ask when all is quiet, and give up without an answer."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import HostUnreachable
from backendd.core import clock
from backendd.xmpp.backoff import JUMP_S, LOOK_S

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

ANSWER_S = 15.0


async def keep_alive(
    wire: "Wire",
    ping: Callable[[], None],
    interval_s: float,
    *,
    answer_s: float = ANSWER_S,
    suspended: Callable[[], float] = clock.suspended,
) -> None:
    """Fail `wire` when nothing is heard of it for `interval_s` and a ping changes nothing.

    After the machine was asleep it asks at once.
    """
    loop = asyncio.get_running_loop()
    slept = suspended()
    while not wire.closed.done():
        left = wire.heard + interval_s - loop.time()
        if left > 0 and suspended() - slept <= JUMP_S:
            await asyncio.sleep(min(left, LOOK_S))
            continue
        slept = suspended()
        asked = loop.time()
        ping()
        await asyncio.sleep(min(answer_s, interval_s))
        if wire.heard < asked:
            wire.fail(HostUnreachable(f"{wire.default_domain} no longer answers"))
            return
