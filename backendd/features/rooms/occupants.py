"""Who is in a room, in memory: after a restart the room says it again."""

from collections.abc import Iterable

from backendd.api import records
from backendd.features.rooms.model import Seen


class Occupants:
    """Those of one room, by nick."""

    def __init__(self) -> None:
        self._here: dict[str, records.Occupant] = {}

    def __len__(self) -> int:
        return len(self._here)

    def __contains__(self, nick: str) -> bool:
        return nick in self._here

    def clear(self) -> None:
        """Know nobody."""
        self._here.clear()

    def see(self, seen: Seen) -> records.Occupant | records.Left | None:
        """Take note of one; return what is different, if anything is."""
        if seen.occupant is None:
            return seen.left if self._here.pop(seen.nick, None) is not None else None
        if self._here.get(seen.nick) == seen.occupant:
            return None
        self._here[seen.nick] = seen.occupant
        return seen.occupant

    def page(self, prefix: str, limit: int, after: str) -> list[records.Occupant]:
        """Return those whose nick begins with `prefix`, behind `after`; `limit` 0 is all."""
        start, behind = prefix.casefold(), _place(after)
        found = sorted(self._matching(start), key=lambda each: _place(each.nick))
        rest = [each for each in found if not after or _place(each.nick) > behind]
        return rest[:limit] if limit else rest

    def _matching(self, start: str) -> Iterable[records.Occupant]:
        return (each for each in self._here.values() if each.nick.casefold().startswith(start))


def _place(nick: str) -> tuple[str, str]:
    return nick.casefold(), nick
