"""A data form (XEP-0004) over the screen, to fill in by keyboard; what was filled in is kept."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from backendd.api.records import Form, FormField, FormMedia
from backendd.api.values import Value, field
from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Focus
from primitivus.model.popups.form_fields import Blank, ListBlank, Option, blank
from primitivus.model.popups.popup import Dialog
from primitivus.sentences import tr

Answers = dict[str, list[str]]
"""What was filled in, by field: what the form had itself is left out."""


class Button(Value):
    """What may be done with the form: a word for whoever asked, and what it is called."""

    word: str
    label: str
    # Whether what is filled in is wanted for it.
    is_filled: bool = True


SEND = Button("", tr("Send"))


class Note(Value):
    """A text between the fields, and what is to be looked at with it."""

    text: str
    media: Sequence[FormMedia] = ()


class FormPopup(Dialog):
    """A form of a server: its notes and fields, in order, and the buttons behind them.

    `selected` counts the fields, then the buttons. `top` is the first row in view.
    """

    parts: list[Note | Blank] = field(default_factory=list)
    buttons: Sequence[Button] = (SEND,)
    # The button that is meant where none is focused.
    usual: int = 0
    pressed: Button = SEND
    top: int = 0
    height: int = 1
    # Whether what is selected is brought into view, whatever was scrolled.
    is_followed: bool = True
    # What each field held when the form came.
    given: Answers = field(default_factory=dict)
    context: ClassVar[Focus] = "dialog"

    @property
    def editor(self) -> Editor | None:
        current = self.blank
        is_typed = current is not None and current.is_typed and not self.is_busy
        return current.editor if current is not None and is_typed else None

    @property
    def blanks(self) -> list[Blank]:
        """Return the fields that can be filled in."""
        return [each for each in self.parts if isinstance(each, Blank)]

    @property
    def blank(self) -> Blank | None:
        """Return the focused field, None on a button."""
        current = self.current
        return current if isinstance(current, Blank) else None

    @property
    def page(self) -> int:
        return max(1, self.height - 2)

    def answers(self) -> Answers:
        """Return what was filled in that isn't what the form had."""
        filled = {}
        for each in self.blanks:
            values = each.values()
            is_news = bool(values) and each.record.required and not each.record.values
            if values != self.given[each.name] or is_news:
                filled[each.name] = values
        return filled

    @property
    def shows_pictures(self) -> bool:
        """Return whether there is something to look at, or to listen to, in it."""
        return any(
            each.media if isinstance(each, Note) else each.record.media for each in self.parts
        )

    def lasting(self) -> Answers:
        """Return what was filled in that is still so when the pictures are others."""
        asked = {each.name for each in self.blanks if each.record.media}
        return {name: values for name, values in self.answers().items() if name not in asked}

    def kept(self) -> Answers:
        """Return what is worth keeping where one leaves: no secrets."""
        secret = {each.name for each in self.blanks if each.is_secret}
        return {name: values for name, values in self.answers().items() if name not in secret}

    def put(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Fill in what was filled in before."""
        for each in self.blanks:
            if each.name in answers:
                each.put(answers[each.name])

    def point(self, what: Hashable) -> bool | None:
        if isinstance(what, Option) and isinstance(self.blank, ListBlank) and not self.is_busy:
            self.blank.press(what)
            return False
        return Dialog.point(self, what)

    def move(self, step: int) -> None:
        if self.blank is not None:
            self.blank.is_told = True
        self.select(max(0, min(len(self.fields) + len(self.buttons) - 1, self.selected + step)))

    def select(self, place: int) -> None:
        self.selected = place
        self.is_followed = True

    def to_button(self) -> None:
        self.select(len(self.fields) + self.usual)

    def climb(self, step: int) -> None:
        if self.blank is None or self.is_busy or not self.blank.climb(step):
            self.move(step)
        self.is_followed = True

    def turn(self, by: int) -> None:
        if self.is_busy:
            return
        if self.blank is not None:
            self.blank.turn(by)
        elif 0 <= self.selected + by - len(self.fields) < len(self.buttons):
            self.selected += by

    def typed(self, text: str) -> None:
        if self.blank is not None and not self.is_busy:
            self.blank.typed(text)

    def edited(self) -> None:
        self.is_followed = True

    def scroll(self, rows: int) -> None:
        self.top = max(0, self.top + rows)
        self.is_followed = False

    def go_on(self) -> bool:
        if self.blank is not None and self.blank.begin_line():
            return False
        is_last = self.selected >= len(self.fields) - 1
        if not is_last:
            self.move(1)
        return is_last

    @property
    def button_meant(self) -> Button:
        """Return the focused button, else the usual one."""
        place = self.selected - len(self.fields)
        return self.buttons[place if place >= 0 else self.usual]

    def missing(self) -> str:
        self.pressed = self.button_meant
        if not self.pressed.is_filled:
            return ""
        wrong = [
            (place, problem)
            for place, each in enumerate(self.blanks)
            if (problem := each.problem())
        ]
        for place, _ in wrong:
            self.blanks[place].is_told = True
        if not wrong:
            return ""
        place, problem = wrong[0]
        self.select(place)
        return f"{self.blanks[place].label}: {problem}"

    def complain(self, text: str) -> None:
        """Show what the server says is wrong; the field that it names is focused."""
        self.error = text
        named = [each for each in self.blanks if text.startswith(f"{each.name}:")]
        for each in named:
            self.select(self.fields.index(each))
            self.error = f"{each.label}: {text[len(each.name) + 1 :].strip()}"


def popup(form: Form, title: str, buttons: Sequence[Button] = (SEND,), usual: int = 0) -> FormPopup:
    """Return what a form is filled in with; `title` where it has none of its own."""
    parts = [*map(Note, form.instructions), *_parts(form.fields)]
    blanks = [each for each in parts if isinstance(each, Blank)]
    made = FormPopup(
        title=form.title or title,
        text="",
        fields=list(blanks),
        parts=parts,
        buttons=buttons,
        usual=usual,
        pressed=buttons[usual],
    )
    if not blanks:
        made.to_button()
    made.given = {each.name: each.values() for each in blanks}
    return made


def _parts(fields: Iterable[FormField]) -> Iterator[Note | Blank]:
    for each in fields:
        made = blank(each)
        if made is not None:
            yield made
        elif each.type == "fixed":
            said = "\n".join(filter(None, (each.label, *each.values)))
            yield Note(said, each.media)
        elif each.media:
            yield Note(each.label, each.media)
