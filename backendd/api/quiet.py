"""The quiet time: hours of the day in which nothing calls for attention."""


def is_quiet(hour: int, start: int, end: int) -> bool:
    """Return whether an hour is from `start` on and before `end`; that may go over midnight."""
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end
