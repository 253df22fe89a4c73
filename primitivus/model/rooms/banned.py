"""Who may not come into rooms, as far as anybody asked for it."""

from collections.abc import Sequence


class Banned:
    """The addresses of each room; those of a room that nobody asked for are `wanted` first."""

    def __init__(self) -> None:
        self._known: dict[str, Sequence[str]] = {}
        self.wanted: set[str] = set()

    def listed(self, room: str) -> Sequence[str]:
        """Return who is banned from a room: nobody, until that is known."""
        if room and room not in self._known:
            self.wanted.add(room)
        return self._known.get(room, ())

    def tell(self, room: str, jids: Sequence[str]) -> None:
        """Take in who is banned from a room."""
        self._known[room] = jids

    def forget(self, room: str) -> None:
        """Have it asked for anew: it is different now."""
        self._known.pop(room, None)
