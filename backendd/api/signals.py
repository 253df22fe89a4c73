"""Which signals a program takes care of, and how."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress


def heeded(*numbers: signal.Signals) -> list[signal.Signals]:
    """Return those of `numbers` that aren't ignored.

    One that a program was started with as ignored (nohup, or a job in the background of a script)
    stays so: whoever started it wants it to go on.
    """
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def handle(number: signal.Signals, handler: Callable[[], None]) -> None:
    """Have the running loop call `handler` when the signal comes.

    `add_signal_handler` of the loop does no more for us, and loads `inspect` for it, which takes
    longer than what asyncio has of its own.
    """
    loop = asyncio.get_running_loop()

    def came(number: int, frame: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: all that could be asked for is done
            loop.call_soon_threadsafe(handler)

    signal.signal(number, came)
