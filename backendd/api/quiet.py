"""The quiet time: hours of the day in which nothing calls for attention."""

from backendd.api.tuples import NamedTuple


class QuietTime(NamedTuple):
    """From one hour to another, perhaps over midnight; twice the same: there is none."""

    start: int = 0
    end: int = 0

    def includes(self, hour: int) -> bool:
        """Return whether an hour is one of them."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end
