"""Attention: the bell, the window title and the terminal's notifications."""

import unicodedata
from collections.abc import Mapping
from typing import Protocol

from primitivus.widgets.terminal.multiplexers import to_the_outside
from primitivus.widgets.terminal.questions import can_be_asked

BELL = "\x07"
LONGEST_TITLE = 120
LONGEST_NOTIFICATION = 240

# The family whose notifications are OSC 777; the others' are OSC 9.
_RXVT = "rxvt"
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Emoji are joined by these two, which are format characters as the dangerous ones are.
_JOINERS = "\u200c\u200d"


class Terminal(Protocol):
    """What attention needs of the screen."""

    @property
    def term(self) -> str: ...

    def queue(self, sequence: str) -> None: ...

    def set_title(self, title: str | None) -> None: ...


class Attention:
    """Calls for it. Everything goes out with the next frame; texts are cleaned and cut."""

    def __init__(self, terminal: Terminal, environ: Mapping[str, str]) -> None:
        """`environ` says what the terminal is a window of."""
        self._terminal = terminal
        self._environ = environ
        self._title: str | None = None

    def ring(self) -> None:
        """Ring the terminal's bell."""
        self._terminal.queue(BELL)

    def show_title(self, text: str | None) -> None:
        """Name the window `text`; None gives the terminal its own title back."""
        title = None if text is None else _clean(text, LONGEST_TITLE)
        if title != self._title:
            self._title = title
            self._terminal.set_title(title)

    def notify(self, summary: str, body: str = "") -> None:
        """Have the terminal show a desktop notification, where it can."""
        term = self._terminal.term
        if not can_be_asked(term):
            return
        summary, body = _clean(summary, LONGEST_TITLE), _clean(body, LONGEST_NOTIFICATION)
        if term.startswith(_RXVT):
            sequence = f"\x1b]777;notify;{summary.replace(';', ',')};{body}\x07"
        else:
            text = f"{summary}: {body}" if body else summary
            # Some read a number in front as a command, 9;4 sets a progress bar.
            guard = " " if text[:1].isdigit() else ""
            sequence = f"\x1b]9;{guard}{text}\x07"
        self._terminal.queue(to_the_outside(sequence, self._environ))


def _clean(text: str, limit: int) -> str:
    """Return one line of `text` without anything that could end or leave the sequence."""
    line = " ".join(text.split())
    return "".join(filter(_may_be_written, line))[:limit]


def _may_be_written(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _REFUSED_CATEGORIES
