"""Answers of the terminal that the program has a use for."""

_BACKGROUND = b"11;"
LONGEST = 64


class BackgroundColour(str):
    """What the terminal says its background is, as a key named "background colour"."""

    __slots__ = ("colour",)

    colour: str
    """As X11 writes it: `rgb:ffff/ffff/ffff`."""

    def __new__(cls, colour: str) -> "BackgroundColour":
        key = super().__new__(cls, "background colour")
        key.colour = colour
        return key


def read_command(text: bytes) -> BackgroundColour | None:
    """Return what an operating system command (OSC) of the terminal says, if that is of use."""
    if not text.startswith(_BACKGROUND):
        return None
    return BackgroundColour(text.removeprefix(_BACKGROUND).decode("ascii", "replace"))
