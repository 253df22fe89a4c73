"""Sixels as a terminal reads them."""

import re

Colour = tuple[int, int, int]
"""Red, green and blue, in per cent."""

_TOKEN = re.compile(
    rb"#(?P<number>\d+);2;(?P<levels>\d+;\d+;\d+)|#(?P<chosen>\d+)"
    rb"|(?:!(?P<times>\d+))?(?P<sixel>[?-~])|(?P<start>\$)|(?P<down>-)"
)
_LEAST, _BAND = 63, 6


def pixels_of(sixels: bytes) -> dict[tuple[int, int], Colour]:
    """Return which pixels are drawn, across and down, and their colours; none twice."""
    reader = _Reader()
    place = 0
    while place < len(sixels):
        token = _TOKEN.match(sixels, place)
        assert token, f"no sixels: {sixels[place : place + 20]!r}"
        reader.take(token)
        place = token.end()
    return reader.drawn


class _Reader:
    def __init__(self) -> None:
        self.drawn: dict[tuple[int, int], Colour] = {}
        self._palette: dict[bytes, Colour] = {}
        self._colour: Colour = (0, 0, 0)
        self._x = self._top = 0

    def take(self, token: "re.Match[bytes]") -> None:
        if token["number"]:
            red, green, blue = map(int, token["levels"].split(b";"))
            self._palette[token["number"]] = red, green, blue
        elif token["chosen"]:
            self._colour = self._palette[token["chosen"]]
        elif token["sixel"]:
            self._draw(token["sixel"][0] - _LEAST, int(token["times"] or 1))
        else:
            self._x = 0
            self._top += _BAND if token["down"] else 0

    def _draw(self, bits: int, times: int) -> None:
        for x in range(self._x, self._x + times):
            for y in range(_BAND):
                if bits >> y & 1:
                    assert (x, self._top + y) not in self.drawn, "drawn twice"
                    self.drawn[x, self._top + y] = self._colour
        self._x += times
