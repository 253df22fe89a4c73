"""The bookmarked rooms of an account, as a list to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from backendd.api.records import Room
from backendd.api.values import field
from primitivus.model.account import Account
from primitivus.model.address import called
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.panes.pane import Focus
from primitivus.model.place import NOWHERE, Place
from primitivus.model.quoting import quote
from primitivus.model.rooms import Rooms


class BookmarksPopup(Listing):
    """What is bookmarked, as it is now; Enter enters the chosen room."""

    account: Account = field(kw_only=True)
    _told: Sequence[Room] = ()
    context: ClassVar[Focus] = "bookmarks"

    @property
    def marked(self) -> Place:
        """Return the room that is chosen, nowhere without one."""
        chosen = self.chosen
        return self.account.place(chosen.about) if chosen is not None else NOWHERE

    def listed(self) -> Sequence[Part]:
        told = self.account.of(Rooms).bookmarked()
        if told != self._told or not self.parts:
            self._told = told  # so that what was chosen is looked for in what was listed
            chosen = self.chosen if self.parts else None
            title = f"{len(told)} bookmarked" if told else "nothing is bookmarked any more"
            self.parts = (Part(title, tuple(map(_entry, sorted(told, key=_by_name)))),)
            if chosen is not None:
                self._choose(chosen.about)
        return self.parts

    def _choose(self, room: str) -> None:
        """Have a room chosen wherever it stands now; where it is gone, what stands there."""
        rooms = [each.about for each in self.choices()]
        if room in rooms:
            self.selected = rooms.index(room)


def _entry(room: Room) -> Entry:
    name = _name(room)
    said = (
        room.room if name != room.room else "",
        "entered when you connect" if room.autojoin else "",
        "you are there" if room.state == "in" else "",
    )
    hint = ", ".join(filter(None, said))
    line = (("popup", name), ("hint", f"  {hint}" if hint else ""))
    return Entry(line, f"join {quote(room.room)}", room.room)


def _by_name(room: Room) -> tuple[str, str]:
    return _name(room).casefold(), room.room


def _name(room: Room) -> str:
    return room.name or called(room.room)
