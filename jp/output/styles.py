"""Colours, on a terminal: few, and never what alone says something.

Of the 16 colours of a terminal, which are its user's, these two can be read on black and on white.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

HEADING = UNREAD = THERE = "1"
FAILED, MENTION = "1;31", "1;35"
"""What ECMA-48 (SGR) calls them: bold, bold red, bold magenta."""

_WORDS = {
    "online": THERE,
    "chat": THERE,
    "failed": FAILED,
    "mention": MENTION,
}
_STATES = ("state", "show", "kind")
_SPOKEN_TO = ("to", "you")  # what a list of messages says of one that mentions the user
_COUNTS = {"unread": UNREAD, "mentions": MENTION}


def are_wanted(choice: str, output: "TextIO") -> bool:
    """Return whether there are to be colours; what the user says on the line comes first."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return output.isatty()


def of_cell(heading: str, text: str) -> str:
    """Return how a cell is drawn, by what it is and says; mostly as all others: empty."""
    name = heading.lower()
    if name in _COUNTS:
        return _COUNTS[name] if text not in ("", "0", "no") else ""
    if (name, text) == _SPOKEN_TO:
        return MENTION
    return _WORDS.get(text.partition(":")[0], "") if name in _STATES else ""


def drawn(text: str, style: str) -> str:
    """Return a text in a style; blanks around it stay as they are."""
    said = text.strip(" ")
    if not (style and said):
        return text
    before, _, after = text.partition(said)
    return f"{before}\x1b[{style}m{said}\x1b[m{after}"
