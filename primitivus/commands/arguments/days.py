"""Days as arguments."""

import datetime
from typing import Annotated

from primitivus.commands.arguments.types import Kind
from primitivus.model.wording.times import day_of, now_us
from primitivus.sentences import tr

BEFORE = {"today": 0, "yesterday": 1}
"""Days by a word, and how long ago they are."""


def read_day(text: str) -> datetime.date:
    """Return the day that is written so; ValueError."""
    if text in BEFORE:
        return day_of(now_us()) - datetime.timedelta(days=BEFORE[text])
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            tr('"{text}" is no day: write it as 2026-01-31, or today or yesterday', text=text)
        ) from None


def begins_us(day: datetime.date) -> int:
    """Return when a day begins where one is, in microseconds; ValueError where no clock can."""
    midnight = datetime.datetime.combine(day, datetime.time())
    try:
        return int(midnight.timestamp() * 1_000_000)
    except (OverflowError, OSError, ValueError):
        raise ValueError(tr('"{day}" is a day that no clock here knows', day=day)) from None


Day = Annotated[datetime.date, Kind("day", read_day, lambda asked: asked.begun(tuple(BEFORE)))]
