"""Services as a tree to walk through: what something is and can do, and what it has."""

from collections.abc import Callable, Hashable

from backendd.api.records import Item
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.service_level import COMMANDS, Entry, Level
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.rolling import held, rolled
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


class ServicesPane(Pane):
    """A service, what it has, and so on; one goes in, and out again.

    `is_known` tells which commands there are.
    """

    context = "services"
    is_titled = True
    exit = "back"

    def __init__(self, place: Place, level: Level, is_known: Callable[[str], bool]) -> None:
        self.place = place
        self.path = [level]
        self._is_known = is_known
        self._height = 1

    @property
    def level(self) -> Level:
        """Return where one is."""
        return self.path[-1]

    @property
    def caption(self) -> str:
        return tr("Services:") + " " + " > ".join(each.shown_name for each in self.path)

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.entries()), self.level.top, self._height)

    @property
    def page(self) -> int:
        return max(1, self._height - 1)

    def entries(self) -> list[Entry]:
        """Return the lines of where one is."""
        return self.level.entries(self._is_known)

    @property
    def selected(self) -> int:
        """Return the place of the chosen line; at first it is one that leads on."""
        entries, level = self.entries(), self.level
        if level.selected < 0:
            leads_on = (place for place, each in enumerate(entries) if each.item is not None)
            return next(leads_on, next((p for p, each in enumerate(entries) if each.run), 0))
        return max(0, min(level.selected, len(entries) - 1))

    @property
    def chosen(self) -> Entry | None:
        entries = self.entries()
        return entries[self.selected] if entries else None

    def go_into(self, item: Item) -> None:
        """Go on to what is there."""
        self.path.append(Level(item.jid, item.node, item.name))

    def leave(self) -> bool:
        """Go back out; return whether one was inside of something."""
        if len(self.path) == 1:
            return False
        self.path.pop()
        return True

    def forget(self, account: str) -> None:
        if self.place.account == account:
            self.path = [Level(self.path[0].jid, is_asked=True)]

    def copy(self) -> "ServicesPane":
        at = self.level
        level = Level(at.jid, at.node, at.name, is_own=at.is_own)
        return ServicesPane(self.place, level, self._is_known)

    def scroll(self, rows: int) -> None:
        self.level.selected = max(0, min(len(self.entries()) - 1, self.selected + rows))

    def roll(self, rows: int, first: Hashable = None) -> None:
        level, many = self.level, len(self.entries())
        level.top, level.selected = rolled(level.top, self.selected, self._height, many, rows)

    def point(self, what: Hashable) -> bool | None:
        """Choose a line by its place and what it says."""
        for place, each in enumerate(self.entries()):
            if (place, each.text) == what:
                was_chosen, self.level.selected = self.selected == place, place
                return was_chosen
        return None

    def enter(self) -> str:
        """Return what goes on: of a command its own line, else what goes into what is chosen."""
        chosen = self.chosen
        if chosen is None:
            return ""
        item = chosen.item
        if item is not None and self.level.node == COMMANDS and self._is_known("command"):
            return f"command {quote(item.jid)} {quote(item.node)}"
        return chosen.run

    def arranged(self, height: int) -> None:
        self._height = height
        level, selected = self.level, self.selected
        level.top = held(level.top, selected, height, len(self.entries()))

    def in_view(self) -> list[Entry]:
        """Return the lines that show."""
        top = self.level.top
        return self.entries()[top : top + self._height]

    def wanted(self) -> list[Item]:
        """Return the rooms in view of which it is not known how many are in there."""
        level = self.level
        if not level.is_conference:
            return []
        items = (each.item for each in self.in_view())
        return [each for each in items if each is not None and each.jid not in level.details]
