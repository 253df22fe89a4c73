"""The switcher: a list of all there is to go to, which narrows down while one types."""

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from backendd.api.values import Mutable, field
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Focus, Pane
from primitivus.model.popups.switching import Goal, Key, Ranking, narrowed
from primitivus.model.search.fuzzy import fold
from primitivus.model.wording.quoting import quote


class Switcher(Mutable, Pane):
    """`goals` returns what there is now; the same object, as long as that is the same."""

    goals: Callable[[], Sequence[Goal]]
    editor: Editor = field(default_factory=Editor)
    # The chosen one, once it was seen or gone to: what comes meanwhile isn't opened instead.
    _marked: Key | None = None
    _at: int = 0
    _typed: str = ""
    _ranking: Ranking | None = None
    _height: int = 1
    context: ClassVar[Focus] = "goto"
    closes: ClassVar[bool] = True

    def found(self) -> Sequence[Goal]:
        """Return what it can go to, best first; an address that is typed whole can be new."""
        goals, typed = self.goals(), self.editor.text
        if self._ranking is None or self._ranking.goals is not goals:
            self._ranking = Ranking(goals)
        found = self._ranking.find(typed)
        new = _address(typed.strip())
        if new is None or _has(found, new.name):
            return found
        return [new, *found]

    @property
    def selected(self) -> int:
        """Return the place of the chosen one, or of what stands there now."""
        found = self.found()
        if self._at < len(found) and found[self._at].key == self._marked:
            return self._at
        places = (at for at, each in enumerate(found) if each.key == self._marked)
        return next(places, max(0, min(self._at, len(found) - 1)))

    @property
    def chosen(self) -> Goal | None:
        found = self.found()
        return found[self.selected] if found else None

    @property
    def page(self) -> int:
        return self._height

    def arranged(self, height: int) -> None:
        self._height = max(1, min(max(15, height // 3), height - 4))
        self._hold(self.selected)  # what is shown now is what Enter opens

    def edited(self) -> None:
        if self.editor.text != self._typed:
            self._typed, self._marked, self._at = self.editor.text, None, 0

    def scroll(self, rows: int) -> None:
        self._hold(self.selected + rows)

    def roll(self, rows: int, first: Hashable = None) -> None:
        self.scroll(rows)

    def point(self, what: Hashable) -> bool | None:
        places = (at for at, each in enumerate(self.found()) if each.key == what)
        at = next(places, None)
        if at is None:
            return None
        was_chosen = self.selected == at
        self._hold(at)
        return was_chosen

    def complete(self, by: int) -> bool:
        """Take the name of the chosen one into what is typed; where it is there, go on."""
        chosen = self.chosen
        if chosen is None:
            return True
        sign = narrowed(self.editor.text)[0]
        text = f"{sign}{chosen.name}"
        if text == self.editor.text:
            self.scroll(by)
        else:
            self.editor.replace(text)
            self._typed = text
            self.point(chosen.key)
        return True

    def enter(self) -> str:
        return self.chosen.run if self.chosen is not None else ""

    def _hold(self, place: int) -> None:
        """Have the one chosen that stands there now."""
        found = self.found()
        if found:
            self._at = max(0, min(len(found) - 1, place))
            self._marked = found[self._at].key


def _has(found: Sequence[Goal], address: str) -> bool:
    """Return whether an address is the beginning of one of those that fit best."""
    folded = fold(address)
    return any(fold(each.also).startswith(folded) for each in found[:20])


def _address(typed: str) -> Goal | None:
    """Return what opens a conversation with an address that is typed, or enters a room."""
    sign = narrowed(typed)[0]
    text = typed[len(sign) :]
    name, at, domain = text.partition("@")
    if not (name and at and domain) or " " in text or sign not in ("", "@", "#"):
        return None
    if sign == "#":
        return Goal("address", text, f"join {quote(text)}", about="enters a room")
    return Goal("address", text, f"chat {quote(text)}", about="opens a conversation")
