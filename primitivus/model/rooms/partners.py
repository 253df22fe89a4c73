"""Those with whom one talks alone in rooms: they are followed though nobody looks at the room."""

from collections.abc import Iterable, Mapping

from backendd.api.records import Occupant
from primitivus.model.wording.address import occupant


class Partners:
    """Occupants by room and nick, each from when it is asked for until we leave the room."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        # Nobody: who is not in the room.
        self._told: dict[str, Occupant | None] = {}

    def is_told(self, jid: str) -> bool:
        """Return whether it is known how they are, or that they aren't there."""
        return jid in self._told

    def get(self, jid: str) -> Occupant | None:
        return self._told.get(jid)

    def ask(self, jids: Iterable[str]) -> list[str]:
        """Return those that are to be asked for: they weren't yet."""
        fresh = [jid for jid in jids if jid not in self._asked]
        self._asked.update(fresh)
        return fresh

    def answer(self, jid: str, found: Occupant | None) -> None:
        """Take in what came of asking, unless something newer was told meanwhile."""
        if jid in self._asked:
            self._told.setdefault(jid, found)

    def give_up(self, jid: str) -> None:
        """Note that nothing came of asking."""
        self._asked.discard(jid)

    def followed(self, room: str, nicks: Iterable[str]) -> list[str]:
        """Return which nicks of a room belong to somebody that is followed."""
        return [nick for nick in nicks if f"{room}/{nick}" in self._asked]

    def tell(self, room: str, now: Mapping[str, Occupant | None]) -> None:
        """Take in how some nicks are now."""
        for nick, found in now.items():
            self._told[f"{room}/{nick}"] = found

    def forget(self, room: str) -> None:
        """Follow nobody of a room any more."""
        gone = {jid for jid in self._asked if occupant(jid)[0] == room}
        self._asked -= gone
        for jid in gone:
            self._told.pop(jid, None)

    def clear(self) -> None:
        """Follow nobody any more."""
        self._asked.clear()
        self._told.clear()
