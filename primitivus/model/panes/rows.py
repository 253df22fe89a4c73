"""A list of rows, each of something that one goes to, or that keys do something with."""

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Self

from primitivus.model.editing.editor import Editor
from primitivus.model.panes.listed_row import ListedRow, narrowed
from primitivus.model.panes.pane import Pane
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import held_below, in_view
from primitivus.sentences import tr


class RowsPane(Pane):
    """A list to move in; `listed` returns what is in it now, and what is typed narrows it down.

    The mark stays on its row, wherever that stands. Rows are of any account: which one is in use is
    none of its business, but what keys do with a row is done as the account of that.
    """

    is_titled = True
    exit = "back"
    # What keys do whichever row is marked, by their command lines.
    also: ClassVar[tuple[str, ...]] = ()

    def __init__(self, listed: Callable[[], Sequence[ListedRow]]) -> None:
        self.listed = listed
        self.words = Editor()
        self.top = 0
        self._height = 1
        # The marked one, and where it stood among those: it may be gone.
        self._marked: tuple[str, str] | None = None
        self._at = 0
        self._narrowed: tuple[object, object, Sequence[ListedRow]] | None = None

    @property
    def view(self) -> Hashable:
        return self.context

    def reopened(self, anew: Self) -> None:
        self.listed, self.is_typed = anew.listed, False
        self.words.reset()  # whoever opens it once more looks for something else in it

    @property
    def title(self) -> str:
        """Return what it is a list of."""
        raise NotImplementedError

    @property
    def caption(self) -> str:
        words = "" if self.is_typed else self.words.text
        return tr('{title} with "{words}"', title=self.title, words=words) if words else self.title

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.rows()), self.top, self._height)

    @property
    def prompt(self) -> str:
        return "narrow" if self.is_typed else ""

    @property
    def editor(self) -> Editor | None:
        return self.words if self.is_typed else None

    @property
    def page(self) -> int:
        return max(1, self._height - 1)

    @property
    def asked(self) -> Hashable:
        """Return what decides which rows of all there are show."""
        return self.words.text

    def rows(self) -> Sequence[ListedRow]:
        """Return those that show, and the headings above them."""
        listed, asked = self.listed(), self.asked
        known = self._narrowed
        if known is None or known[0] is not listed or known[1] != asked:
            known = self._narrowed = listed, asked, self._some(listed)
        return known[2]

    def _some(self, listed: Sequence[ListedRow]) -> Sequence[ListedRow]:
        words = self.words.text.casefold().split()
        return narrowed(listed, words) if words else listed

    @property
    def chosen(self) -> ListedRow | None:
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
        if lines := _choices(listed):
            self._hold(listed, lines, self._number(listed, lines) + rows)

    def point(self, what: Hashable) -> bool | None:
        rows = self.rows()
        lines = _choices(rows)
        for number, at in enumerate(lines):
            if rows[at].identity == what:
                was_marked = at == self.selected
                self._hold(rows, lines, number)
                return was_marked
        return None

    def narrow(self) -> None:
        """Begin to type the words that those have which are to show."""
        self.is_typed = True

    def leave(self) -> bool:
        """Show all again; return whether only some showed."""
        had_words, self.is_typed = bool(self.words.text), False
        self.words.reset()
        return had_words

    def goes(self, row: ListedRow) -> str:
        """Return what Enter does with a row."""
        return tr("goes there")

    def enter(self) -> str:
        return self.chosen.line if self.chosen is not None else ""

    def arranged(self, height: int) -> None:
        self._height = max(1, height)
        self.scroll(0)
        selected, rows = max(0, self.selected), self.rows()
        self.top = held_below(self.top, selected, self._height, rows, _is_heading)

    def in_view(self) -> Sequence[ListedRow]:
        """Return the rows that show, under the heading of the first of them."""
        return in_view(self.rows(), self.top, self._height, _is_heading)

    def choose(self, identity: tuple[str, str]) -> None:
        """Have the row marked that is told by this, once there is one."""
        self._marked = identity

    def copy(self) -> "RowsPane":
        return self._marked_in(type(self)(self.listed))

    def _marked_in(self, other: "RowsPane") -> "RowsPane":
        """Have the row marked in another one that is here, and return that one."""
        if self._marked is not None:
            other.choose(self._marked)
        return other

    def _hold(self, rows: Sequence[ListedRow], lines: Sequence[int], number: int) -> None:
        """Have one of `lines`, the places of those that can be marked, marked."""
        self._at = max(0, min(len(lines) - 1, number))
        self._marked = rows[lines[self._at]].identity

    def _number(self, rows: Sequence[ListedRow], lines: Sequence[int]) -> int:
        """Return which of `lines`, the places of those that can be marked, is."""
        found = (number for number, at in enumerate(lines) if rows[at].identity == self._marked)
        return next(found, max(0, min(self._at, len(lines) - 1)))


def _choices(rows: Sequence[ListedRow]) -> list[int]:
    return [at for at, each in enumerate(rows) if each.line]


def _is_heading(row: ListedRow) -> bool:
    return not row.line
