"""What may lie over the screen: a text to scroll, a form; or a list (listing.py, switcher.py)."""

import asyncio
import re
from collections.abc import Hashable, Mapping
from typing import ClassVar

from backendd.api.values import Mutable, field
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Focus, Pane
from primitivus.model.popups.listing import Markup
from primitivus.sentences import tr


class Overlay(Mutable, Pane):
    """A text to read and scroll: help, past messages, details; Enter runs the line `run`."""

    title: str
    lines: tuple[Markup, ...]
    run: str = "cancel"
    top: int = 0
    starts_at_end: bool = False
    rows: int = 1
    height: int = 1
    context: ClassVar[Focus] = "overlay"

    @property
    def text(self) -> str:
        """Return all it says."""
        return "\n".join("".join(part for _, part in line) for line in self.lines)

    @property
    def page(self) -> int:
        return self.height

    def scroll(self, rows: int) -> None:
        self.starts_at_end = False
        self.top = max(0, min(self.rows - self.height, self.top + rows))

    def measured(self, rows: int, height: int) -> None:
        """Take over how many rows the text has, and how many of them show."""
        self.rows, self.height = rows, height
        last = max(0, rows - height)
        self.top = last if self.starts_at_end else min(self.top, last)

    def enter(self) -> str:
        return self.run


class Field(Mutable):
    """One value to fill in; a secret one shows as dots, a folded one when it is gone to."""

    name: str
    label: str
    hint: str = ""
    is_secret: bool = False
    is_optional: bool = False
    is_folded: bool = False
    editor: Editor = field(default_factory=Editor)


class Dialog(Mutable, Pane):
    """A form: what it says, its fields, what is wrong, and who waits for the answer.

    `selected` is the place of the focused field; behind the fields comes the one button. Folded
    fields are the last ones; without them Enter on the field before them is enough.
    """

    title: str
    text: str
    fields: list[Field]
    button: str = tr("OK")
    selected: int = 0
    error: str = ""
    is_busy: bool = False
    is_unfolded: bool = False
    # Whether it was left, perhaps while it was handed over.
    is_left: bool = False
    answer: "asyncio.Future[Mapping[str, str] | None] | None" = None
    context: ClassVar[Focus] = "dialog"

    @property
    def editor(self) -> Editor | None:
        return None if self.is_busy or self.current is None else self.current.editor

    @property
    def current(self) -> Field | None:
        return self.fields[self.selected] if self.selected < len(self.fields) else None

    @property
    def shown(self) -> list[Field]:
        return [each for each in self.fields if self.is_unfolded or not each.is_folded]

    @property
    def folded(self) -> list[Field]:
        return self.fields[len(self.shown) :]

    def move(self, step: int) -> None:
        """Focus another field or the button, stopping at the ends."""
        self.select(max(0, min(len(self.fields), self.selected + step)))

    def climb(self, step: int) -> None:
        """Go up or down: inside of the field where that has more than one row, else to another."""
        self.move(step)

    def go_on(self) -> bool:
        """Go to the next field; return whether there is none, and the form can be handed over."""
        is_last = self.selected >= len(self.shown) - 1
        if not is_last:
            self.move(1)
        return is_last

    def to_button(self) -> None:
        """Focus the button that is meant where one doesn't choose."""
        self.select(len(self.fields))

    def select(self, place: int) -> None:
        """Focus a field, or the button behind them; what is folded unfolds."""
        self.selected = place
        self.is_unfolded |= place >= len(self.shown)

    def point(self, what: Hashable) -> bool | None:
        """Focus a field, or a button behind them, by its place; none is gone on from by that."""
        if self.is_busy or not isinstance(what, int):
            return None
        self.select(what)
        return False

    def values(self) -> dict[str, str]:
        return {each.name: each.editor.text for each in self.fields}

    def complain(self, text: str) -> None:
        """Show what is wrong; a field that `text` begins with is focused, and goes by its label.

        Where no field is named, what nobody can see and mend is asked for anew.
        """
        self.error = text
        word = re.match(r"\w*", text)
        for place, each in enumerate(self.fields):
            if word is not None and each.name == word[0]:
                self.select(place)
                self.error = each.label + text[word.end() :]
                if each.is_secret:
                    each.editor.reset()
                return
        self.forget(*(each.name for each in self.fields if each.is_secret))

    def forget(self, *names: str) -> None:
        """Empty the fields of these names, and focus the first of them that shows."""
        emptied = [place for place, each in enumerate(self.fields) if each.name in names]
        for place in emptied:
            self.fields[place].editor.reset()
        if emptied:
            self.select(emptied[0])

    def give_up(self) -> None:
        """Leave it; what is handed over already is not taken back."""
        self.is_left = True
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(None)

    def missing(self) -> str:
        """Return what has to be filled in before the form can be sent, or nothing."""
        for place, each in enumerate(self.fields):
            if not each.is_optional and not each.editor.text.strip():
                self.select(place)
                return tr("{label} is needed", label=each.label)
        return ""
