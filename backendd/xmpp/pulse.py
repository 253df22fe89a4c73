"""The signs of life of one connection: what was asked and answered, and what came besides."""

import contextlib
import math
from collections.abc import Callable, Iterator


class Pulse:
    """Times of `now`; an answer is to a question of ours, anything else is only heard.

    `when_asked` is called when a question is open that wasn't.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.when_asked: Callable[[], object] = lambda: None
        self._now = now
        self._heard = self._answered = now()
        self._asked: float | None = None
        self._unsent = 0
        self._moved = 0.0
        self._busy = 0

    def hear(self) -> None:
        """Take note that something came."""
        self._heard = self._now()

    def ask(self, *, anew: bool = False) -> None:
        """Take note of a question; the first that is open counts, or `anew` this one."""
        if self._asked is None or anew:
            self._asked = self._now()
            self.when_asked()

    def answer(self) -> None:
        """Take note of an answer: what was asked before is settled."""
        self._answered, self._asked = self._now(), None

    def watch(self, unsent: int) -> None:
        """Take note of how many bytes the other side hasn't taken yet."""
        if unsent < self._unsent:
            self._moved = self._now()
        self._unsent = unsent

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Know that the other side may have to do something before it answers anything."""
        begun = self._now()
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if self._heard > begun:  # else it wasn't that
                self._moved = self._now()

    def next_question(self, interval_s: float) -> float | None:
        """Return when to ask, None while a question is open."""
        return self._answered + interval_s if self._asked is None else None

    def end(self, silent_s: float, late_s: float) -> float | None:
        """Return when to give up waiting for the answer to the question that is open, if one is.

        That is after `silent_s` in which nothing came, or `late_s` in which other things did:
        the answer may have to wait behind them. As long as what was written before the question
        is still taken, or the other side is busy, the time doesn't run.
        """
        if self._asked is None:
            return None
        if self._busy:
            return math.inf
        return max(self._asked, self._moved) + (late_s if self._heard > self._asked else silent_s)
