"""Whether the terminal shows pictures, and how: put together from what it answers."""

import fcntl
import re
import struct
import termios
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from backendd.api.tuples import NamedTuple
from primitivus.widgets.terminal.answers import Said

# What Unicode placeholders are known to: programs that have the protocol, but these not, show
# signs in place of a picture.
_HAS_PLACEHOLDERS = re.compile(r"kitty\((?:0\.(?:2[89]|[3-9]\d)|[1-9])|ghostty\b", re.IGNORECASE)
_FEWEST_COLOURS = 16
# The attribute of a terminal that shows sixels (DA1).
_SIXEL = 4
_SIZE = struct.Struct("HHHH")


class Cell(NamedTuple):
    """The size of a character in pixels."""

    width: int
    height: int


# What is believed of a terminal that doesn't say it; no more colours are of use.
CELL, COLOURS = Cell(10, 20), 128


class Graphics(str):
    """What a terminal shows besides characters, as a key named "graphics"."""

    __slots__ = ("cell", "kitty", "sixel")

    kitty: bool
    """Whether it shows pictures of kitty's protocol in place of characters (placeholders)."""

    sixel: int
    """How many colours its sixel pictures may have; 0 where it shows none."""

    cell: Cell | None
    """How large a character is, where that is known."""

    def __new__(
        cls, *, kitty: bool = False, sixel: int = 0, cell: Cell | None = None
    ) -> "Graphics":
        key = super().__new__(cls, "graphics")
        key.kitty, key.sixel, key.cell = kitty, sixel, cell
        return key


def has_placeholders(version: str) -> bool:
    """Return whether a terminal of this name and version shows pictures in place of characters."""
    return _HAS_PLACEHOLDERS.match(version) is not None


class Answers:
    """Takes the answers out of what comes from the terminal."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._said: dict[str, Any] = {}
        self._attributes: tuple[int, ...] = ()
        self.awaited = 0
        """How often the terminal was asked and hasn't answered the last question yet."""

    def taken(self, events: Iterable[Any]) -> Iterator[Any]:
        """Yield `events` without them, but `Graphics` where the last answer stands."""
        for event in events:
            if isinstance(event, Said):
                if self.awaited:
                    self._said[event.what] = event.value
                continue
            yield event
            if self.awaited and isinstance(event, tuple) and event[0] == "device attributes":
                self.awaited -= 1
                self._attributes = event[1]
                yield self.graphics()

    def graphics(self) -> Graphics:
        """Return what is known by now."""
        colours = self._said.get("colours", COLOURS)
        has_sixel = _SIXEL in self._attributes and colours >= _FEWEST_COLOURS
        told = self._said.get("cell")
        return Graphics(
            kitty=self._said.get("kitty graphics") == "OK"
            and has_placeholders(self._said.get("version", "")),
            sixel=min(colours, COLOURS) if has_sixel else 0,
            cell=self.measured() or (Cell(*told) if told else None),
        )

    def measured(self) -> Cell | None:
        """Return the size of a character as the kernel knows it, where the terminal told it."""
        try:
            told = fcntl.ioctl(self._terminal.fileno(), termios.TIOCGWINSZ, bytes(_SIZE.size))
        except OSError:
            return None
        rows, columns, width, height = _SIZE.unpack(told)
        if not rows or not columns or width < columns or height < rows:
            return None
        return Cell(width // columns, height // rows)
