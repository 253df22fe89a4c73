"""A question that is answered by one key."""

from collections.abc import Hashable

from backendd.api.values import Value, field
from primitivus.model.popups.popup import Dialog, Field
from primitivus.sentences import tr

CHOSEN = "answer"
"""What the values of a question have its answer under."""


class Answer(Value):
    """An answer: its key, a letter, and what it is called; an upper-case letter is no other one."""

    key: str
    label: str


class KeyQuestion(Dialog):
    """A form without fields: each answer is a button, and a key; the last one is the usual one.

    Enter and leaving choose that, which does nothing. What was typed before it was on the screen is
    not an answer to it, and what isn't the key of one is none.
    """

    fields: list[Field] = field(default_factory=list)
    choices: tuple[Answer, ...] = ()
    hint: str = ""
    is_seen: bool = False

    def arranged(self, height: int) -> None:
        self.is_seen = True

    @property
    def usual(self) -> int:
        """Return the place of the answer that does nothing."""
        return len(self.choices) - 1

    def is_answered(self, text: str) -> bool:
        """Choose the answer whose key was typed; return whether there is one."""
        for place, each in enumerate(self.choices):
            if self.is_seen and not self.is_busy and each.key == text.casefold():
                self.selected = place
                return True
        return False

    def move(self, step: int) -> None:
        self.select(max(0, min(self.usual, self.selected + step)))

    def turn(self, by: int) -> None:
        self.move(by)

    def to_button(self) -> None:
        """Stay at the answer that is marked."""

    def point(self, what: Hashable) -> bool | None:
        known = isinstance(what, int) and what < len(self.choices)
        return super().point(what) if known else None

    def values(self) -> dict[str, str]:
        return {CHOSEN: self.choices[self.selected].key}


def question(
    title: str, text: str, choices: tuple[Answer, ...], *, hint: str, prompt: str
) -> KeyQuestion:
    """Return one; `prompt` stands before its answers, `hint` below them."""
    return KeyQuestion(
        title=title, text=text, choices=choices, hint=hint, button=prompt, selected=len(choices) - 1
    )


def sure(title: str, text: str) -> KeyQuestion:
    """Return one whether something is to be done."""
    return question(
        title,
        text,
        (Answer("y", tr("Yes")), Answer("n", tr("No"))),
        hint=tr("y is yes; n, Enter and Esc are no"),
        prompt=tr("Sure? y/N"),
    )
