"""Days, and when a message was written, as it is told beside and above it."""

import time
from functools import lru_cache

from backendd.api.records import Message
from primitivus.model.wording.times import came, clock
from primitivus.model.wording.written import strftime
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look

_DATE = "%Y-%m-%d"


def day(time_us: int, form: str) -> str:
    """Return the local day of `time_us`."""
    # A quarter of an hour is what all time zones are a multiple of.
    return _day(time_us // 900_000_000, form)


@lru_cache(maxsize=4096)
def _day(quarter: int, form: str) -> str:
    return strftime(form, time.localtime(quarter * 900))


def time_of(message: Message, look: Look) -> str:
    """Return the time that stands beside a message."""
    at = came(message) if _is_of_another_day(message) else message.time
    return clock(at, look.time_format)


def claim(message: Message, look: Look, columns: int) -> list[Row]:
    """Return what is said above a message whose sender says that it is of another day."""
    if not _is_of_another_day(message):
        return []
    at = clock(message.time, look.time_format)
    text = tr("[written {day}, {at}]", day=day(message.time, look.day_format), at=at)
    return wrap_runs(text, [("message.info", len(text))], columns)


def _is_of_another_day(message: Message) -> bool:
    return message.received != 0 and day(message.time, _DATE) != day(came(message), _DATE)
