"""Who is in a room, in memory: after a restart the room says it again."""

from bisect import bisect_left, bisect_right
from itertools import islice, takewhile

from backendd.api import records
from backendd.features.rooms.model import Seen

MOST = 20_000
"""A room can tell of as many as it likes, us it has to: beyond this nobody else is known."""


class Occupants:
    """Those of one room, by nick."""

    def __init__(self) -> None:
        self._here: dict[str, records.Occupant] = {}
        # Nicks in the order of pages; None where somebody came or left since.
        self._order: list[tuple[str, str]] | None = None

    def __len__(self) -> int:
        return len(self._here)

    def __contains__(self, nick: str) -> bool:
        return nick in self._here

    def clear(self) -> None:
        """Know nobody."""
        self._here.clear()
        self._order = None

    def see(self, seen: Seen) -> records.Occupant | records.Left | None:
        """Take note of one; return what is different, if anything is."""
        before = self._here.get(seen.nick)
        if (before is None) is not (seen.occupant is None):
            self._order = None
        if seen.occupant is None:
            return seen.left if self._here.pop(seen.nick, None) is not None else None
        is_beyond = before is None and len(self._here) >= MOST and not seen.is_us
        if before == seen.occupant or is_beyond:
            return None
        self._here[seen.nick] = seen.occupant
        return seen.occupant

    def page(self, prefix: str, limit: int, after: str) -> list[records.Occupant]:
        """Return those whose nick begins with `prefix`, behind `after`; `limit` 0 is all."""
        order, start = self._ordered(), prefix.casefold()
        begin = bisect_left(order, (start, ""))
        if after:
            begin = max(begin, bisect_right(order, _place(after)))
        found = takewhile(lambda place: place[0].startswith(start), islice(order, begin, None))
        return [self._here[nick] for _, nick in islice(found, limit or None)]

    def _ordered(self) -> list[tuple[str, str]]:
        """Return all, sorted only where that is not done yet: many pages are asked for in turn."""
        if self._order is None:
            self._order = sorted(map(_place, self._here))
        return self._order


def _place(nick: str) -> tuple[str, str]:
    return nick.casefold(), nick
