"""The clocks: what time it is, and how long something took."""

import time


def now_us() -> int:
    """Return the time in microseconds since the epoch."""
    return time.time_ns() // 1000


def monotonic() -> float:
    """Return seconds on a clock that is never set; it stands still during suspend."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def suspended() -> float:
    """Return the seconds this machine has slept since boot; a jump means a resume."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
