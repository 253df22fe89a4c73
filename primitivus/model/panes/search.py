"""What was found in all conversations, each with what stood before and after it."""

from collections.abc import Container, Hashable, Iterable, Sequence

from backendd.api.records import Hit, Message
from backendd.api.tuples import NamedTuple
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.rolling import held, rolled
from primitivus.model.search.wanted import Wanted
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

# A message found has a row, one for what is before, one for what is after, and a blank one.
ENTRY_ROWS = 4
# What stands for the row behind those found, which leads to more.
OLDER = "older"


class Found(NamedTuple):
    """A message that has the words, where it is, and who wrote it to whom."""

    place: Place
    hit: Hit
    who: str

    @property
    def key(self) -> tuple[Place, int]:
        return self.place, self.hit.id

    def fits(self, words: Iterable[str]) -> bool:
        """Return whether all `words` are in what shows of it."""
        text = f"{self.who}  {self.hit.snippet}".casefold()
        return all(word in text for word in words)


class Around(NamedTuple):
    """The messages before and after one that was found, where there are such."""

    before: Message | None = None
    after: Message | None = None


class SearchPane(Pane):
    """Messages that were found, those stored last first; what is typed narrows them down.

    `query` is what was asked for, which is read as `looked_for`. `is_all`: there are none below
    the last of them.
    """

    context = "search"
    is_typed = True
    is_titled = True
    exit = "back"

    def __init__(
        self,
        query: str,
        found: Sequence[Found],
        wanted: Wanted | None = None,
        *,
        is_all: bool,
    ) -> None:
        self.query = query
        self.looked_for = wanted or Wanted(query)
        self.found = list(found)
        self.is_all = is_all
        self.top = 0
        # What is pressed before one types in it, with modes.
        self.key = ""
        self.around: dict[tuple[Place, int], Around] = {}
        self._selected = 0
        self._editor = Editor()
        self._typed = ""
        self._entries = 1
        self._narrowed: tuple[str, int, list[Found]] | None = None

    @property
    def view(self) -> Hashable:
        return self.context

    @property
    def caption(self) -> str:
        many = f"{len(self.listed())}{'' if self.is_all else '+'}"
        if self.key:
            return tr(
                "Search: {query}  {many} found: {key} narrows down, Enter opens one",
                query=self.query,
                many=many,
                key=self.key,
            )
        return tr(
            "Search: {query}  {many} found: type to narrow down, Enter opens one",
            query=self.query,
            many=many,
        )

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.listed()), self.top, self._entries)

    @property
    def prompt(self) -> str:
        return "narrow"

    @property
    def editor(self) -> Editor:
        return self._editor

    @property
    def page(self) -> int:
        return self._entries

    @property
    def selected(self) -> int:
        """Return the place of the chosen entry; behind those found comes what leads to more."""
        return max(0, min(self._selected, self._last))

    @property
    def chosen(self) -> Found | None:
        """Return what is chosen of what was found; None behind it."""
        listed = self.listed()
        return listed[self.selected] if self.selected < len(listed) else None

    def forget(self, account: str) -> None:
        self._keep([each for each in self.found if each.place.account != account])

    def drop(self, gone: Container[tuple[Place, int]]) -> None:
        """Show no more of these messages: they say nothing any more."""
        self._keep([each for each in self.found if each.key not in gone])
        self.around.clear()

    def stands_around(
        self, found: Found, before: Message | None = None, after: Message | None = None
    ) -> None:
        """Take note of the messages before and after one that was found; it is not asked again."""
        self.around[found.key] = Around(before, after)

    def _keep(self, found: list[Found]) -> None:
        """Hold these of what is held; the chosen one stays so, or the one behind it is."""
        before, kept = self.listed()[: self.selected], {each.key for each in found}
        self.found = found
        self._narrowed = None
        self._selected = sum(each.key in kept for each in before)

    def copy(self) -> "SearchPane":
        other = SearchPane(self.query, self.found, self.looked_for, is_all=self.is_all)
        other.around = self.around.copy()
        return other

    def listed(self) -> list[Found]:
        """Return those that have all that was typed in them."""
        state = self._editor.text, len(self.found)
        if self._narrowed is None or self._narrowed[:2] != state:
            words = state[0].casefold().split()
            self._narrowed = (*state, [each for each in self.found if each.fits(words)])
        return self._narrowed[2]

    def add(self, found: Sequence[Found], *, is_all: bool) -> None:
        """Take in what was found below those that are held."""
        self.found += found
        self.is_all = is_all

    def edited(self) -> None:
        if self._editor.text != self._typed:
            self._typed = self._editor.text
            self._selected = 0

    def step(self, by: int) -> None:
        self._selected = max(0, min(self._last, self.selected + by))

    def scroll(self, rows: int) -> None:
        self.step(rows)

    def roll(self, rows: int, first: Hashable = None) -> None:
        # An entry takes about as many rows as the wheel goes on.
        by = 1 if rows > 0 else -1
        many = self._last + 1
        self.top, self._selected = rolled(self.top, self.selected, self._entries, many, by)

    def point(self, what: Hashable) -> bool | None:
        """Choose a message by its key, else what is behind all that were found."""
        keys = [each.key for each in self.listed()]
        at = keys.index(what) if what in keys else self._last
        if what not in keys and (what != OLDER or self.is_all):
            return None
        was_chosen, self._selected = self.selected == at, at
        return was_chosen

    def leave(self) -> bool:
        """Take back what was typed to narrow down; return whether something was."""
        had_typed = bool(self._editor.text)
        self._editor.reset()
        self.edited()
        return had_typed

    def enter(self) -> str:
        if self.chosen is not None:
            place, message_id = self.chosen.key
            return f"go-to {quote(place.peer)} {message_id} {quote(place.account)}"
        return "" if self.is_all else "search-older"

    def arranged(self, height: int, entry_rows: int = ENTRY_ROWS) -> None:
        """Have the chosen entry in view, where each has so many rows."""
        self._entries = max(1, height // entry_rows)
        self.top = held(self.top, self.selected, self._entries, self._last + 1)

    def in_view(self) -> list[Found]:
        """Return those that show at the height there is for them."""
        return self.listed()[self.top : self.top + self._entries + 1]

    def wanted(self) -> list[Found]:
        """Return those in view of which it is not known what stands around them."""
        return [each for each in self.in_view() if each.key not in self.around]

    @property
    def _last(self) -> int:
        return len(self.listed()) - self.is_all
