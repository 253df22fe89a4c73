"""A list that lies over the screen and narrows down while one types."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import ClassVar

from backendd.api.tuples import NamedTuple
from backendd.api.values import Mutable, Value, field
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Focus, Pane

# A line of styled text: pairs of a style (themes/styles.py) and the text.
Markup = tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """A line, and the command line that Enter runs on it; without one it can't be chosen.

    `about` is what it stands for, where keys do more with it; `name` what it is called, where the
    rest of the line only explains it. As the account `whose` it is the line is run, else as the one
    in use.
    """

    line: Markup
    run: str = ""
    about: str = ""
    name: str = ""
    whose: str = ""

    def fits(self, words: Iterable[str]) -> bool:
        text = "".join(part for _, part in self.line).casefold()
        return all(word in text for word in words)

    def is_called(self, words: Iterable[str]) -> bool:
        return bool(self.name) and all(word in self.name.casefold() for word in words)


class Part(Value):
    """Entries under a title; a short cut repeats what other parts have, and is not searched."""

    title: str
    entries: tuple[Entry, ...]
    is_short_cut: bool = False


class Listing(Mutable, Pane):
    """Parts one below the other; `selected` counts the entries that can be chosen."""

    title: str
    parts: tuple[Part, ...]
    hint: str = ""
    editor: Editor = field(default_factory=Editor)
    selected: int = 0
    # Whether each begins with a number in brackets, which finds it alone.
    is_numbered: bool = False
    # How many rows show.
    height: int = 1
    context: ClassVar[Focus] = "switcher"
    closes: ClassVar[bool] = True
    # Whether what is pressed with the mouse is opened at once.
    opens_at_once: ClassVar[bool] = True

    def listed(self) -> Sequence[Part]:
        """Return all there is."""
        return self.parts

    def found(self) -> Sequence[Part]:
        """Return the parts with the entries that have all that was typed in them.

        Entries come first that are called so, before those whose explanation has it.
        """
        words = self.editor.text.casefold().split()
        if not words:
            return self.listed()
        if self.is_numbered and "".join(words).isdecimal():
            words = [f"[{''.join(words)}]"]
        searched = [part for part in self.listed() if not part.is_short_cut]
        return [
            *_narrowed(searched, lambda each: each.fits(words) and each.is_called(words)),
            *_narrowed(searched, lambda each: each.fits(words) and not each.is_called(words)),
        ]

    def choices(self) -> list[Entry]:
        """Return the entries that can be chosen, in their order."""
        return [each for part in self.found() for each in part.entries if each.run]

    @property
    def chosen(self) -> Entry | None:
        choices = self.choices()
        return choices[min(self.selected, len(choices) - 1)] if choices else None

    @property
    def page(self) -> int:
        return self.height

    def arranged(self, height: int) -> None:
        self.height = max(1, height - 3)  # a frame, and what is typed

    def edited(self) -> None:
        self.selected = 0

    def scroll(self, rows: int) -> None:
        """Choose another entry, stopping at the ends."""
        self.selected = max(0, min(len(self.choices()) - 1, self.selected + rows))

    def point(self, what: Hashable) -> bool | None:
        """Choose an entry by its place among those that can be, and itself."""
        for at in enumerate(self.choices()):
            if at == what:
                was_chosen, self.selected = self.selected == at[0], at[0]
                return was_chosen
        return None

    def enter(self) -> str:
        return self.chosen.run if self.chosen is not None else ""

    @property
    def whose(self) -> str:
        return self.chosen.whose if self.chosen is not None else ""


def _narrowed(parts: Iterable[Part], fits: Callable[[Entry], bool]) -> Iterator[Part]:
    """Yield the parts in which entries fit, with these alone."""
    for part in parts:
        if entries := tuple(filter(fits, part.entries)):
            yield Part(part.title, entries)
