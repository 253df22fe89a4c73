"""What waits for the user in all accounts, in one list."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from primitivus.model.beyond import Beyond
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.quoting import quote

if TYPE_CHECKING:
    # Only who opens it needs what tells of all that can wait.
    from primitivus.model.home.row import HomeRow


class HomePane(Pane):
    """A list to move in; `rows` returns what waits now, and `nearest` where one was last.

    The mark stays on its row, wherever that stands. One is in the account of the marked one.
    """

    context = "home"
    is_titled = True
    exit = "back"

    def __init__(
        self,
        place: Place,
        rows: "Callable[[], Sequence[HomeRow]]",
        nearest: Callable[[], Place],
    ) -> None:
        self.rows = rows
        self.nearest = nearest
        self.top = 0
        self.first = place
        self._height = 1
        # The marked one, and where it stood among those: it may be gone.
        self._marked: tuple[str, str] | None = None
        self._at = 0

    @property
    def view(self) -> Hashable:
        return self.context

    def reopened(self, anew: "HomePane") -> None:
        self.first = anew.first

    @property
    def place(self) -> Place:  # type: ignore[override]
        chosen = self.chosen
        return Place(chosen.place.account) if chosen is not None else self.first

    @property
    def caption(self) -> str:
        many = sum(bool(each.line) for each in self.rows())
        return f"Home: what waits for you ({many})" if many else "Home"

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.rows()), self.top, self._height)

    @property
    def page(self) -> int:
        return max(1, self._height - 1)

    @property
    def chosen(self) -> "HomeRow | None":
        """Return the marked row, or what stands there now."""
        rows = self.rows()
        lines = _choices(rows)
        return rows[lines[self._number(rows, lines)]] if lines else None

    @property
    def selected(self) -> int:
        """Return the place of the marked row, -1 where there is none."""
        rows = self.rows()
        lines = _choices(rows)
        return lines[self._number(rows, lines)] if lines else -1

    def scroll(self, rows: int) -> None:
        listed = self.rows()
        lines = _choices(listed)
        if lines:
            number = self._number(listed, lines) + rows
            self._at = max(0, min(len(lines) - 1, number))
            self._marked = _key(listed[lines[self._at]])

    def point(self, what: Hashable) -> bool | None:
        rows = self.rows()
        for number, at in enumerate(_choices(rows)):
            if _key(rows[at]) == what:
                was_marked = at == self.selected
                self._at, self._marked = number, _key(rows[at])
                return was_marked
        return None

    def enter(self) -> str:
        if self.chosen is not None:
            return self.chosen.line
        place = self.nearest()
        return f"chat {quote(place.peer)} {quote(place.account)}" if place.peer else ""

    def arranged(self, height: int) -> None:
        self._height = max(1, height)
        self.scroll(0)
        selected = max(0, self.selected)
        # The heading above the first one shows with it.
        first = 0 if selected <= 1 else selected
        self.top = max(selected - self._height + 1, min(self.top, first))

    def in_view(self) -> "Sequence[HomeRow]":
        """Return the rows that show."""
        return self.rows()[self.top : self.top + self._height]

    def copy(self) -> "HomePane":
        other = HomePane(self.first, self.rows, self.nearest)
        other._marked, other._at = self._marked, self._at
        return other

    def _number(self, rows: "Sequence[HomeRow]", lines: Sequence[int]) -> int:
        """Return which of `lines`, the places of those that can be marked, is."""
        found = (number for number, at in enumerate(lines) if _key(rows[at]) == self._marked)
        return next(found, max(0, min(self._at, len(lines) - 1)))


def _choices(rows: "Sequence[HomeRow]") -> list[int]:
    return [at for at, each in enumerate(rows) if each.line]


def _key(row: "HomeRow") -> tuple[str, str]:
    return row.identity
