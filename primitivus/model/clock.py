"""The time, and how times are written."""

import time

from backendd.api.records import Message


def now_us() -> int:
    """Return the microseconds since the epoch."""
    return time.time_ns() // 1000


def clock(time_us: int, form: str = "%H:%M") -> str:
    """Return the local time of day of `time_us`."""
    return time.strftime(form, time.localtime(time_us / 1_000_000))


def moment(time_us: int) -> str:
    """Return the local day and time of `time_us`, to the second."""
    return clock(time_us, "%Y-%m-%d %H:%M:%S")


def came(message: Message) -> int:
    """Return when a message came: its own `time` may be what its sender claims."""
    return message.received or message.time
