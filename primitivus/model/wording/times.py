"""The time, and how times are written."""

import time
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from backendd.api.records import Message
from primitivus.model.wording.written import strftime


def now_us() -> int:
    """Return the microseconds since the epoch."""
    return time.time_ns() // 1000


def clock(time_us: int, form: str = "%H:%M") -> str:
    """Return the local time of day of `time_us`."""
    return _written(time_us // 1_000_000, form)


def hour(time_us: int) -> int:
    """Return the hour of the local day of `time_us`."""
    return time.localtime(time_us // 1_000_000).tm_hour


def to_the_hour_us(time_us: int) -> int:
    """Return how long it is from `time_us` to the next full hour of the local day."""
    local = time.localtime(time_us // 1_000_000)
    return (3600 - 60 * local.tm_min - local.tm_sec) * 1_000_000 - time_us % 1_000_000


@lru_cache(maxsize=4096)
def _written(second: int, form: str) -> str:
    return strftime(form, time.localtime(second))


def moment(time_us: int) -> str:
    """Return the local day and time of `time_us`, to the second."""
    return clock(time_us, "%Y-%m-%d %H:%M:%S")


def local_moment(time_us: int, offset: int) -> str:
    """Return the day and time of `time_us` where clocks are `offset` seconds ahead of UTC."""
    there = time.gmtime(time_us // 1_000_000 + offset)
    zone = timezone(timedelta(seconds=offset))
    return f"{strftime('%a %H:%M', there)} ({zone})"


def came(message: Message) -> int:
    """Return when a message came: its own `time` may be what its sender claims."""
    return message.received or message.time


def day_of(time_us: int) -> date:
    """Return the day of a time, where one is."""
    return datetime.fromtimestamp(time_us / 1_000_000).astimezone().date()


def day_or_time(time_us: int, now: int, form: str = "%H:%M") -> str:
    """Return the local day of `time_us`, and where that is today the time."""
    day, today = (date.fromtimestamp(each / 1_000_000) for each in (time_us, now))
    return clock(time_us, form) if day == today else day.isoformat()


def short_moment(time_us: int, now: int, form: str = "%H:%M") -> str:
    """Return when `time_us` was, in few columns: the time if today, else the day, or the year."""
    day, today = (date.fromtimestamp(each / 1_000_000) for each in (time_us, now))
    if day == today:
        return clock(time_us, form)
    if 0 < (today - day).days < _WEEK:
        return strftime("%a", day.timetuple())
    return strftime("%d %b" if day.year == today.year else "%Y", day.timetuple())


def since(time_us: int, now: int) -> str:
    """Return when something that lasts began: the time, if that isn't a day ago, else the day."""
    return clock(time_us) if now - time_us < _DAY_US else short_moment(time_us, now)


_DAY_US = 86_400_000_000
# A weekday is that of the last days; the same one a week ago would be taken for today.
_WEEK = 7
