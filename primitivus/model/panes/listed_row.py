"""A row of a list: what it says, and what keys do with what it stands for."""

from collections.abc import Iterable, Sequence
from typing import Literal

from backendd.api.values import Value
from primitivus.model.place import Place

# How it looks: what speaks to the user, what is unread, what goes on, what is quiet, what is wrong.
Tone = Literal["mention", "unread", "plain", "quiet", "error"]


class ListedRow(Value):
    """Something that is listed; one without a `line` is a heading, and can't be marked.

    Of all that its account has the `key` tells which it is, whatever becomes of the others.
    """

    place: Place
    key: str
    # What stands before it: a number or letter, or the sign that is called so (themes/symbols.py).
    sign: str = ""
    symbol: str = ""
    name: str = ""
    text: str = ""
    tone: Tone = "plain"
    # When it was or began, in µs since the epoch; 0: that says nothing.
    time: int = 0
    # What is told of it besides where it is marked, and there is room.
    besides: str = ""
    # The command line of Enter, and those that say yes and no to what is asked.
    line: str = ""
    yes: str = ""
    no: str = ""
    # The message whose text belongs here, by its id, and the line of a key that does more with it.
    wants: int = 0
    does: tuple[str, ...] = ()
    # What it is, where keys do more with it.
    item: object = None

    def is_about(self, line: str) -> bool:
        """Return whether a command line is what keys do with this row."""
        return bool(line) and line in (self.line, self.yes, self.no, *self.does)

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from the rows of all accounts."""
        return self.place.account, self.key

    def fits(self, words: Iterable[str]) -> bool:
        """Return whether all `words` are in what shows of it, or is told of it."""
        text = f"{self.name}  {self.text}  {self.besides}".casefold()
        return all(word in text for word in words)


def narrowed(rows: Sequence[ListedRow], words: Sequence[str]) -> list[ListedRow]:
    """Return those that have all `words`, and the headings under which some are left."""
    found: list[ListedRow] = []
    for each in rows:
        if not each.line:
            if found and not found[-1].line:
                found.pop()
            found.append(each)
        elif each.fits(words):
            found.append(each)
    if found and not found[-1].line:
        found.pop()
    return found
