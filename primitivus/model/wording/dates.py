"""When entries were written, as they say, and where that can't be true."""

from backendd.api.records import Entry

# Clocks of others are wrong by so much.
_WRONG_US = 60_000_000


def order(entry: Entry) -> int:
    """Return by what an entry stands among others: when it was written, or came if before that."""
    return entry.order or entry.published


def came_before(entry: Entry) -> int:
    """Return when an entry came, where it says that it is from later; else 0."""
    return entry.order if entry.order and is_ahead(entry.published, entry.order) else 0


def is_ahead(time_us: int, of: int) -> bool:
    """Return whether a time is later than another by more than clocks are wrong."""
    return time_us - of > _WRONG_US
