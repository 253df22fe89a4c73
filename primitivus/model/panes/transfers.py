"""Files on their way and those that have been, of all accounts that are open, in one list."""

from collections.abc import Callable, Hashable, Sequence

from backendd.api.records import Transfer
from backendd.api.tuples import NamedTuple
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.rolling import held, rolled
from primitivus.sentences import tr


class Listed(NamedTuple):
    """A transfer, and with whom it is."""

    place: Place
    transfer: Transfer

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.place.account, self.transfer.id


class TransfersPane(Pane):
    """A list to move in; `listed` returns what is in it now.

    The mark stays on its file, wherever that is sorted to.
    """

    context = "transfers"
    is_titled = True
    exit = "back"

    def __init__(self, listed: Callable[[], Sequence[Listed]]) -> None:
        self.listed = listed
        self.top = 0
        self._height = 1
        # The marked one, and where it stood: it may be removed.
        self._marked: tuple[str, int] | None = None
        self._at = 0
        self._hold(0)

    @property
    def view(self) -> Hashable:
        return self.context

    @property
    def caption(self) -> str:
        return tr("Files: Enter goes to the message or post")

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.listed()), self.top, self._height)

    @property
    def page(self) -> int:
        return max(1, self._height - 1)

    @property
    def selected(self) -> int:
        """Return the place of the marked one, or of what stands there now."""
        listed = self.listed()
        found = (place for place, each in enumerate(listed) if each.key == self._marked)
        return next(found, max(0, min(self._at, len(listed) - 1)))

    @property
    def chosen(self) -> Listed | None:
        listed = self.listed()
        return listed[self.selected] if listed else None

    def scroll(self, rows: int) -> None:
        self._hold(self.selected + rows)

    def roll(self, rows: int, first: Hashable = None) -> None:
        many = len(self.listed())
        self.top, at = rolled(self.top, self.selected, self._height, many, rows)
        self._hold(at)

    def point(self, what: Hashable) -> bool | None:
        for at, each in enumerate(self.listed()):
            if each.key == what:
                was_marked = at == self.selected
                self._hold(at)
                return was_marked
        return None

    def enter(self) -> str:
        return "transfer-message"

    def arranged(self, height: int) -> None:
        self._height = height
        selected = self.selected
        self._hold(selected)
        self.top = held(self.top, selected, height, len(self.listed()))

    def in_view(self) -> Sequence[Listed]:
        """Return those that show."""
        return self.listed()[self.top : self.top + self._height]

    def copy(self) -> "TransfersPane":
        other = TransfersPane(self.listed)
        other._hold(self.selected)
        return other

    def _hold(self, place: int) -> None:
        """Have the one marked that stands there now."""
        listed = self.listed()
        if listed:
            self._at = max(0, min(len(listed) - 1, place))
            self._marked = listed[self._at].key
