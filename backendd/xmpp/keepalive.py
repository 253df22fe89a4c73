"""Finding a dead connection: ask now and then, and give up without an answer.

What comes unasked is no answer: a link may be dead in one direction alone.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import HostUnreachable
from backendd.xmpp.backoff import pause
from backendd.xmpp.slumber import SLUMBER, Slumber

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

ANSWER_S = 15.0
LATE_S = 25.0

LOOK_S = 5.0
"""How often to look, while a question is open, what the other side takes of what was written."""


async def keep_alive(
    wire: "Wire",
    probe: Callable[[], None],
    interval_s: float,
    *,
    answer_s: float = ANSWER_S,
    slumber: Slumber = SLUMBER,
) -> None:
    """Fail `wire` when a question isn't answered in time; ask `interval_s` after the last answer.

    After the machine was asleep it asks at once.
    """
    loop = asyncio.get_running_loop()
    hurry = asyncio.Event()
    wire.pulse.when_asked = hurry.set  # whoever asks, that is waited for
    sleeps = slumber.count
    while not wire.closed.done():
        if not hurry.is_set():  # else it is the question that is on its way, which says nothing
            wire.pulse.watch(wire.unsent)
        hurry.clear()
        due = wire.pulse.next_question(interval_s)
        was_asleep = slumber.count != sleeps
        if was_asleep or (due is not None and due <= loop.time()):
            sleeps = slumber.count
            probe()
            wire.pulse.ask(anew=was_asleep)
        end = wire.pulse.end(min(answer_s, interval_s), min(LATE_S, interval_s))
        if end is not None and end <= loop.time():
            wire.fail(HostUnreachable(f"{wire.default_domain} no longer answers"))
            return
        if end is not None:
            next_look = min(end, loop.time() + LOOK_S)
        else:
            next_look = wire.pulse.next_question(interval_s) or 0.0
        await pause(max(next_look - loop.time(), 0.0), hurry, slumber=slumber)
