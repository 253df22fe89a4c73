"""Who is in the room where one is, at the side."""

from collections.abc import Callable, Sequence

from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import NarrowedPane
from primitivus.model.place import Place
from primitivus.model.wording.address import occupant


class OccupantsPane(NarrowedPane):
    """The occupants whose nick has `wanted` in it; everybody, while nothing is."""

    context = "occupants"
    gives_way = True

    def __init__(self, entries: Callable[[], Sequence[Place]]) -> None:
        super().__init__(self._fitting)
        self._everybody = entries
        self._height = 1
        self._found: tuple[Sequence[Place], str, Sequence[Place]] = ((), "", ())

    def is_for(self, main: Pane) -> bool:
        return bool(self._everybody())

    @property
    def page(self) -> int:
        return max(1, self._height - 2)

    def arranged(self, height: int) -> None:
        self._height = height

    def has_left(self, place: Place, new_nick: str) -> None:
        """Have the mark go on with somebody who goes on under another nick."""
        if self.marked == place and new_nick:
            room, _ = occupant(place.peer)
            self.marked = Place(place.account, f"{room}/{new_nick}")

    def _fitting(self) -> Sequence[Place]:
        everybody = self._everybody()
        if not self.wanted:
            return everybody
        held, wanted, found = self._found
        if held is not everybody or wanted != self.wanted:
            wanted = self.wanted.casefold()
            found = [each for each in everybody if wanted in occupant(each.peer)[1].casefold()]
            self._found = (everybody, self.wanted, found)
        return found
