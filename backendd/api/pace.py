"""How often something may be done: a few times at once after quiet, then once in each interval."""


class Pace:
    """Counts what may still be done at once; it grows back by one with each `interval` of seconds.

    It has no clock of its own: whoever asks says what time it is.
    """

    def __init__(self, interval: float, at_once: int) -> None:
        self._interval = interval
        self._at_once = at_once
        # When as much as ever may be done at once again.
        self._rested_at = float("-inf")

    def wait(self, now: float, *, spare: int = 0) -> float:
        """Return in how many seconds one may be done so that `spare` more may be at once."""
        return max(0.0, self._rested_at - (self._at_once - 1 - spare) * self._interval - now)

    def took(self, now: float, *, spare: int = 0) -> None:
        """Note that one was done, allowed or not; `spare` may still be at once, if they might."""
        soonest = max(now, self._rested_at) + self._interval
        latest = now + (self._at_once - spare) * self._interval
        self._rested_at = max(self._rested_at, min(soonest, latest))
