"""Whom an account ignores in rooms, as the backend tells it, and which messages are theirs."""

from collections.abc import Iterable

from backendd.api.records import Ignored, Message


class IgnoredOccupants:
    """Those of all rooms, by the ids that their room gives them."""

    def __init__(self) -> None:
        self._by_room: dict[str, dict[str, Ignored]] = {}

    def get(self, room: str, occupant_id: str) -> Ignored | None:
        return self._by_room.get(room, {}).get(occupant_id)

    def listed(self) -> list[Ignored]:
        """Return all, by room."""
        return [each for room in sorted(self._by_room) for each in self._by_room[room].values()]

    def reset(self, records: Iterable[Ignored]) -> None:
        """Hold exactly these."""
        self._by_room = {}
        for each in records:
            self._by_room.setdefault(each.room, {})[each.occupant_id] = each

    def tell(self, room: str, records: Iterable[Ignored]) -> None:
        """Hold these of a room."""
        self._by_room[room] = {each.occupant_id: each for each in records}


def is_ignored(message: Message) -> bool:
    """Return whether a message is of somebody whom one wants to see nothing of."""
    return bool(message.more.get("ignored"))
