"""The mouse: what a terminal is asked for it, and its events as keys that know where they were."""

from collections.abc import Iterable, Iterator
from typing import Any

from primitivus.model.screen.touch import Spot

# Presses and the wheel (xterm's 1000), in decimal numbers (1006): the older way ends at column 223.
# Both tell where the button is let go; motions between aren't asked for: nothing is drawn of them.
ON, OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"

# Urwid's word for what happened, before which modifiers stand, and the buttons that mean something
# here: the middle one is the terminal's own for pasting, with Shift.
_PRESS, _RELEASE = "mouse press", "mouse release"
_BUTTONS = {1: "press", 3: "right press", 4: "wheel up", 5: "wheel down"}
# The older way doesn't tell which one is let go.
_LET_GO = (0, 1)
PRESS, RELEASE = "press", "release"


class Mouse(str):
    """A press, its end or a step of the wheel, as a key of that name."""

    __slots__ = ("column", "row", "spot")

    column: int
    row: int
    """Where it was, counted from 0; perhaps outside of the screen."""

    spot: Spot | None
    """What was drawn there then, as far as somebody has looked that up."""

    def __new__(cls, name: str, column: int, row: int) -> "Mouse":
        key = super().__new__(cls, name)
        key.column, key.row, key.spot = column, row, None
        return key


def as_keys(events: Iterable[Any], *, is_heeded: bool) -> Iterator[Any]:
    """Yield events with those of the mouse as keys; those of no use, or not wanted, left out."""
    for event in events:
        if not _is_of_mouse(event):
            yield event
        elif is_heeded and (key := _key(*event)) is not None:
            yield key


def _is_of_mouse(event: object) -> bool:
    return isinstance(event, tuple) and len(event) == 4 and "mouse " in str(event[0])


def _key(what: str, button: int, column: int, row: int) -> Mouse | None:
    if what == _RELEASE:
        return Mouse(RELEASE, column, row) if button in _LET_GO else None
    modifiers, press, rest = what.partition(_PRESS)
    name = _BUTTONS.get(button)
    if not press or rest or name is None:
        return None
    return Mouse(f"{modifiers}{name}", column, row)
