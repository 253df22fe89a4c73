"""A terminal's pictures: kitty's protocol and sixels, as far as programs here send them."""

import base64
import contextlib
import re
import zlib
from typing import NamedTuple

KITTY = re.compile(rb"\x1b_G(?P<control>[^;\x1b]*);?(?P<payload>[^\x1b]*)\x1b\\")
SIXEL = re.compile(rb'\x1bP[0-9;]*q("[0-9;]*[^\x1b]*)\x1b\\')
QUESTION = re.compile(rb"\x1b\[(?:(?P<cell>16)t|\?(?P<colours>1;1;0)S|>(?P<version>0?)q)")
_SIZE = re.compile(rb'"\d+;\d+;(\d+);(\d+)')


class Piece(NamedTuple):
    """What of a sixel picture is in a column: its row and column of the picture with these data."""

    data: bytes
    row: int
    column: int


class Graphics:
    """What a terminal has of them; `version` is the name and version it gives itself."""

    def __init__(
        self,
        *,
        kitty: bool = False,
        sixel: bool = False,
        version: str = "",
        colours: int = 0,
        cell: tuple[int, int] | None = (10, 20),
    ) -> None:
        self.kitty = kitty
        self.sixel = sixel
        self.version = version
        self.colours = colours
        self.cell = cell
        self.pictures: dict[int, bytes] = {}
        """The pixels of kitty's pictures that the terminal holds, by id."""
        self.freed: list[int] = []
        """The ids of those it held and was told to forget."""
        self.asked = 0
        self._coming: dict[str, str] = {}
        self._payload = b""

    def answer(self, question: "re.Match[bytes]") -> bytes:
        """Return what the terminal answers."""
        self.asked += 1
        if question["cell"] and self.cell:
            return b"\x1b[6;%d;%dt" % (self.cell[1], self.cell[0])
        if question["colours"] and self.colours:
            return b"\x1b[?1;0;%dS" % self.colours
        if question["version"] is not None and self.version:
            return b"\x1bP>|" + self.version.encode() + b"\x1b\\"
        return b""

    def command(self, control: bytes, payload: bytes) -> bytes:
        """Carry out a command of kitty's protocol; return the answer."""
        self.asked += b"a=q" in control
        if not self.kitty:
            return b""
        told = dict(each.split("=", 1) for each in control.decode().split(",") if each)
        if told.get("a") == "q":
            return b"\x1b_Gi=" + told["i"].encode() + b";OK\x1b\\"
        if told.get("a") == "d":
            self._forget(int(told["i"]))
            return b""
        self._coming = self._coming or told
        self._payload += payload
        if told.get("m") == "1":
            return b""
        came, data = self._coming, base64.b64decode(self._payload)
        self._coming, self._payload = {}, b""
        with contextlib.suppress(zlib.error):
            # What is cut short is no picture.
            self.pictures[int(came["i"])] = zlib.decompress(data) if "o" in came else data
        return b""

    def pieces(self, data: bytes) -> list[list[Piece]]:
        """Return what a sixel picture puts into each column of each row."""
        size = _SIZE.match(data)
        assert size is not None
        width, height = self.cell or (10, 20)
        columns, rows = -(-int(size[1]) // width), -(-int(size[2]) // height)
        return [[Piece(data, row, column) for column in range(columns)] for row in range(rows)]

    def _forget(self, id: int) -> None:
        if self.pictures.pop(id, None) is not None:
            self.freed.append(id)
