"""What waits for the user in all accounts, in one list."""

from collections.abc import Callable, Sequence

from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane
from primitivus.model.place import Place
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


class HomePane(RowsPane):
    """A list of what waits now; `nearest` returns where one was last."""

    context = "home"

    def __init__(
        self,
        listed: Callable[[], Sequence[ListedRow]],
        nearest: Callable[[], Place],
    ) -> None:
        super().__init__(listed)
        self.nearest = nearest

    @property
    def title(self) -> str:
        many = sum(bool(each.line) for each in self.rows())
        return tr("Home: what waits for you ({many})", many=many) if many else tr("Home")

    def enter(self) -> str:
        if self.chosen is not None or self.words.text:
            return super().enter()
        place = self.nearest()
        return f"chat {quote(place.peer)} {quote(place.account)}" if place.peer else ""

    def copy(self) -> RowsPane:
        return self._marked_in(HomePane(self.listed, self.nearest))
