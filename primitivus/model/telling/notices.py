"""What the user was told: the line that shows now, and all past ones."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from backendd.api.values import Value

# Enough to look back over a day, little enough to forget about.
KEPT = 500
# What is said again is counted where it was said among so many last.
_NEAR = 20
_WARNED = ("warning ", "backend ")


class Level(Enum):
    """How a notice looks, and whether it counts as an error."""

    INFO = "info"
    ERROR = "error"


class Notice(Value):
    """A sentence for the user, with what to do where something can be done."""

    text: str
    level: Level
    time_us: int
    # What it is tied to: the name of an error, or a word of whoever settles it.
    about: str = ""
    # The name of the account that it is about, if it is about one.
    account: str = ""
    # The name of the account whose owner may read it, if it is for nobody else.
    owner: str = ""
    # What follows it where both have room on one row.
    also: str = ""
    # Of what is so for a while: whether it still is. It is shown for that long alone.
    holds: Callable[[], bool] | None = None
    # Whether it is of no use once that is no longer so: nobody looks it up later.
    is_passing: bool = False
    # Whether it is the answer to what was just typed, and so nothing that came by itself.
    is_answer: bool = False
    # How often it was said, with little between, and when it was for the first time.
    times: int = 1
    first_us: int = 0
    # The command line that goes to what it is about.
    line: str = ""

    @property
    def whole(self) -> str:
        """All of it."""
        return f"{self.text}; {self.also}" if self.also else self.text


def last_trouble(told: Sequence[Notice], since: int) -> Notice | None:
    """Return the last error of some notices that came by itself after a time.

    What the backend warns of is none of these: it tells whether that is still so.
    """
    found = (
        each
        for each in reversed(told)
        if each.level is Level.ERROR and not each.is_answer and not each.about.startswith(_WARNED)
    )
    last = next(found, None)
    return last if last is not None and last.time_us > since else None


class Notices:
    """The notices since the start, and the one in the status line; `changed` hears of that one."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.past: deque[Notice] = deque(maxlen=KEPT)
        self.current: Notice | None = None
        # When somebody looked at all of them last.
        self.looked_at_us = 0
        self._changed = changed

    def add(self, notice: Notice) -> None:
        self.current = notice
        self._keep(notice)
        self._changed()

    def mention(self, notice: Notice) -> None:
        """Add one that has come by itself: an error of another thing, or an answer, stays."""
        now = self.current
        is_of_same = now is not None and bool(now.about) and now.about == notice.about
        if now is None or not (now.level is Level.ERROR or now.is_answer) or is_of_same:
            self.add(notice)
        else:
            self._keep(notice)
            self._changed()

    def check(self) -> None:
        """Take the shown one off the status line if it is no longer so."""
        notice = self.current
        if notice is not None and notice.holds is not None and not notice.holds():
            self.clear()

    def settle(self, account: str, about: str | None = None) -> None:
        """Take what is about this, by default whatever it is, off the status line."""
        notice = self.current
        if notice is not None and notice.account == account and about in (None, notice.about):
            self.clear()

    def forgive(self, before: Notice | None) -> None:
        """Take what was shown before something was done right off the status line.

        What is tied to something else than what was typed stays until that is settled.
        """
        if before is None or self.current is not before:
            return
        if before.level is Level.ERROR or not before.about:
            self.clear()

    def forget_answer(self) -> None:
        """Take off the status line what answers a line that was typed: another one is begun."""
        if self.current is not None and self.current.is_answer:
            self.clear()

    def clear(self) -> None:
        """Take the shown one off the status line."""
        if self.current is not None:
            self.current = None
            self._changed()

    def _keep(self, notice: Notice) -> None:
        """Keep it to be looked up, but for what is of no use when it is no longer so."""
        if notice.is_passing:
            return
        notice = replace(notice, holds=None)
        first, times = notice.time_us, 1
        for at in range(len(self.past) - 1, max(-1, len(self.past) - 1 - _NEAR), -1):
            before = self.past[at]
            if notice == replace(before, time_us=notice.time_us, times=1, first_us=0):
                first, times = before.first_us, before.times + 1
                del self.past[at]
                break
        self.past.append(replace(notice, first_us=first, times=times))
