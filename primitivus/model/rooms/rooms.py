"""The rooms of an account, and who is in those that are looked at."""

from collections.abc import Callable, Iterable, Sequence

from backendd.api.records import Occupant, Room
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.place import Place
from primitivus.model.rooms.occupants import Occupants
from primitivus.model.rooms.partners import Partners
from primitivus.model.wording.address import occupant as split


class Rooms:
    """Room records by address; of occupants nothing is held before somebody looks at a room."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._occupants: dict[str, Occupants] = {}
        self._left: set[str] = set()
        self._meanwhile: Meanwhile[Room] = Meanwhile()
        # Of them it is held how they are though nobody looks at their rooms.
        self.partners = Partners()
        # Whether the backend has told which there are.
        self.are_known = False

    def get(self, room: str) -> Room | None:
        return self._rooms.get(room)

    def listed(self) -> list[Room]:
        """Return all, in the order of their addresses."""
        return [self._rooms[room] for room in sorted(self._rooms)]

    def bookmarked(self) -> list[Room]:
        """Return those that are kept, entered or not, in the order of their addresses."""
        return [each for each in self.listed() if each.bookmarked]

    def named(self) -> set[str]:
        """Return the addresses of all, and of those that were left since we know them."""
        return {*self._rooms, *self._left}

    def is_in(self, room: str) -> bool:
        """Return whether we are in a room."""
        record = self._rooms.get(room)
        return record is not None and record.state == "in"

    def is_wanted(self, room: str) -> bool:
        """Return whether we are in a room, or it is entered as soon as that is possible."""
        record = self._rooms.get(room)
        return record is not None and record.state != "out"

    def us(self, room: str) -> str:
        """Return our nick in a room, or nothing."""
        record = self._rooms.get(room)
        return record.nick if record is not None else ""

    def address(self, room: str) -> str:
        """Return what we are in a room, by room and nick, or nothing."""
        nick = self.us(room)
        return f"{room}/{nick}" if nick else ""

    def entries(self, place: Place) -> Sequence[Place]:
        """Return the places of those who are in a room; at first, and till more is held, our own.

        None where we are not in it.
        """
        if not self.is_in(place.peer):
            return ()
        held = self._occupants.get(place.peer)
        listed = held.listed() if held is not None else ()
        return listed or (Place(place.account, f"{place.peer}/{self.us(place.peer)}"),)

    def occupant(self, jid: str) -> Occupant | None:
        """Return what is held of somebody in a room, by room and nick."""
        room, nick = split(jid)
        held = self._occupants.get(room)
        return (held.get(nick) if held is not None else None) or self.partners.get(jid)

    def is_told(self, jid: str) -> bool:
        """Return whether it is held how somebody in a room is, or that they aren't there."""
        held = self._occupants.get(split(jid)[0])
        return (held is not None and held.are_all) or self.partners.is_told(jid)

    def occupants(self, room: str) -> Occupants | None:
        """Return who is in a room, as far as that is held."""
        return self._occupants.get(room)

    def look(self, room: str, place: Callable[[str], Place]) -> Occupants:
        """Return what is to hold who is in a room, still empty."""
        self._occupants[room] = Occupants(place)
        return self._occupants[room]

    def look_away(self, room: str) -> None:
        """Hold no more who is in a room."""
        self._occupants.pop(room, None)

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, rooms: Iterable[Room]) -> None:
        """Replace all by a fresh snapshot, but keep what is held in a higher revision."""
        held = self._rooms
        self._rooms = {}
        for record in rooms:
            old = held.get(record.room)
            is_newer = old is not None and old.revision > record.revision
            self._rooms[record.room] = old if old is not None and is_newer else record
        self._meanwhile.settle(self._rooms)
        self._occupants.clear()
        self.partners.clear()
        self.are_known = True

    def forget(self) -> None:
        """Hold nothing any more."""
        self._rooms, self._occupants, self.are_known = {}, {}, False
        self._left.clear()
        self.partners.clear()

    def merge(self, rooms: Iterable[Room]) -> Sequence[tuple[Room, Room]]:
        """Take records in, each unless a higher revision is held.

        Returns what was held (a blank one, if it was not known) and is now held of each.
        """
        taken = []
        for record in rooms:
            old = self._rooms.get(record.room)
            if old is not None and old.revision > record.revision:
                continue
            self._rooms[record.room] = record
            self._meanwhile.told(record.room, record)
            if record.state != "in":
                self._leave(record.room)
            taken.append((old or Room(room=record.room), record))
        return taken

    def remove(self, rooms: Iterable[str]) -> None:
        for room in rooms:
            known = self._rooms.pop(room, None)
            if known is not None and known.affiliation:  # we were there
                self._left.add(room)
            self._leave(room)
            self._meanwhile.told(room, None)

    def _leave(self, room: str) -> None:
        self.look_away(room)
        self.partners.forget(room)
