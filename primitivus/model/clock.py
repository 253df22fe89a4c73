"""The time, and how times are written."""

import time


def now_us() -> int:
    """Return the microseconds since the epoch."""
    return time.time_ns() // 1000


def clock(time_us: int, form: str = "%H:%M") -> str:
    """Return the local time of day of `time_us`."""
    return time.strftime(form, time.localtime(time_us / 1_000_000))


def moment(time_us: int) -> str:
    """Return the local day and time of `time_us`, to the second."""
    return clock(time_us, "%Y-%m-%d %H:%M:%S")
