"""What a terminal shows: pyte's screen, and what it lacks of the sequences that programs send."""

import re
from typing import Any, NamedTuple

import pyte

from tests.lab.graphics import KITTY, SIXEL, Piece
from tests.lab.protocols import Protocols

# A hyperlink that begins (OSC 8), or with nothing for an address ends.
_LINK = re.compile(rb"\x1b\]8;(?P<id>[^;\x07\x1b]*);(?P<address>[^\x07\x1b]*)(?:\x07|\x1b\\)")
# What is to be done in its place between other text.
_APART = re.compile(b"|".join(each.pattern for each in (KITTY, SIXEL, _LINK)))


class Character(NamedTuple):
    """What is in a column, as pyte has it, and the id and address of its link."""

    data: str
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    link: tuple[str, str] = ("", "")
    piece: Piece | None = None


class _Stream(pyte.ByteStream):
    events = frozenset({*pyte.ByteStream.events, "scroll_up", "scroll_down", "repeat"})

    def __init__(self, screen: pyte.Screen) -> None:
        self.csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}
        super().__init__(screen)


class Emulator(pyte.Screen):
    """A screen that also scrolls bands (SU, SD), repeats (REP) and answers what it is asked."""

    def __init__(self, rows: int, columns: int, protocols: Protocols | None = None) -> None:
        self.protocols = protocols or Protocols()
        self._answers: list[str] = []
        self._last = " "
        self.title = ""
        super().__init__(columns, rows)
        self._stream = _Stream(self)

    def feed(self, data: bytes) -> bytes:
        """Show `data`; return what the terminal answers to it."""
        data, answer = self.protocols.filter(data)
        place = 0
        for match in _APART.finditer(data):
            self._stream.feed(data[place : match.start()])
            answer += self._take(match.group())
            place = match.end()
        self._stream.feed(data[place:])
        answer += "".join(self._answers).encode()
        self._answers.clear()
        return answer

    @property
    def default_char(self) -> Any:
        """What an empty column shows."""
        return Character(" ", reverse=pyte.modes.DECSCNM in self.mode)

    def reset(self) -> None:
        """Begin anew."""
        super().reset()
        self.cursor.attrs = self.default_char

    def select_graphic_rendition(self, *attributes: int, **more: Any) -> None:
        """Draw like this from here on (SGR); it neither begins nor ends a link."""
        before: Any = self.cursor.attrs
        super().select_graphic_rendition(*attributes, **more)
        self._set_link(*before.link)

    def _take(self, sequence: bytes) -> bytes:
        """Do what pyte doesn't know of; return the answer."""
        if link := _LINK.fullmatch(sequence):
            self._set_link(link["id"].decode().removeprefix("id="), link["address"].decode())
        elif kitty := KITTY.fullmatch(sequence):
            return self.protocols.graphics.command(kitty["control"], kitty["payload"])
        elif (sixel := SIXEL.fullmatch(sequence)) and self.protocols.graphics.sixel:
            self._show(self.protocols.graphics.pieces(sixel[1]))
        return b""

    def _show(self, pieces: list[list[Piece]]) -> None:
        """Put a picture where the cursor is, which nobody knows the place of afterwards."""
        top, left = self.cursor.y, self.cursor.x
        for y, row in enumerate(pieces, top):
            for x, piece in enumerate(row, left):
                before: Any = self.buffer[y][x]
                self.buffer[y][x] = before._replace(piece=piece)
        self.cursor_position(self.lines, self.columns)

    def _set_link(self, id: str, address: str) -> None:
        attributes: Any = self.cursor.attrs
        self.cursor.attrs = attributes._replace(link=(id, address))

    def write_process_input(self, data: str) -> None:
        """Take an answer of the terminal (pyte calls this for status reports)."""
        self._answers.append(data)

    def draw(self, data: str) -> None:
        """Show text."""
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        """Show the last character again (REP)."""
        super().draw(self._last * (count or 1))

    def scroll_up(self, count: int = 1) -> None:
        """Move the scroll region up; the cursor stays (SU)."""
        self._scroll(count, self._bottom, self.index)

    def scroll_down(self, count: int = 1) -> None:
        """Move the scroll region down; the cursor stays (SD)."""
        self._scroll(count, self._top, self.reverse_index)

    # pyte hands private markers on to handlers that don't take them.
    def set_margins(self, top: int | None = None, bottom: int | None = None, **_: Any) -> None:
        """Set the scroll region (DECSTBM)."""
        super().set_margins(top, bottom)

    def report_device_attributes(self, mode: int = 0, **_: Any) -> None:
        """Say what terminal this is."""
        if mode == 0:
            self.write_process_input(f"\x1b[?{self.protocols.attributes}c")

    @property
    def _top(self) -> int:
        return self.margins.top if self.margins else 0

    @property
    def _bottom(self) -> int:
        return self.margins.bottom if self.margins else self.lines - 1

    def _scroll(self, count: int, edge: int, step: Any) -> None:
        row, column = self.cursor.y, self.cursor.x
        self.cursor.y = edge
        for _ in range(count or 1):
            step()
        self.cursor.y, self.cursor.x = row, column
