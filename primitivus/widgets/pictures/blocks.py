"""Pictures out of half blocks: each cell is two pixels, one above the other."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.model.files.pictures import Picture
from primitivus.themes.depth import MANY, TRUE
from primitivus.widgets.drawing.cells import Row, Segment
from primitivus.widgets.terminal.style import PLAIN, Style

_UPPER, _LOWER, _BLANK = "▀", "▄", " "
# What is no more opaque than this shows what is behind it: the terminal's background.
_TRANSPARENT = 127
_BYTES = 4

# Of 256 colours the levels of the cube, 6x6x6, and the greys.
_CUBE, _CUBE_AT = (0, 95, 135, 175, 215, 255), 16
_GREYS, _GREY_AT, _DARKEST, _GREY_STEP = 24, 232, 8, 10
# What SGR calls the first of 16, the first bright one, and the same colour behind.
_FIRST, _FIRST_BRIGHT, _BRIGHT, _BEHIND = 30, 90, 8, 10
# The 16 as xterm shows them; elsewhere they may be anything.
_SIXTEEN = (
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
    *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
)

_Pixel = tuple[int, int, int]


class _Ink(NamedTuple):
    """A colour as SGR has it, in front and behind."""

    foreground: str
    background: str


# What is behind shows.
_NOTHING = _Ink(PLAIN.foreground, PLAIN.background)


class Blocks(Value):
    """Draws in the colours of a terminal that has so many (themes/depth.py)."""

    depth: int

    @property
    def cell(self) -> tuple[int, int]:
        return 1, 2

    @property
    def encoding(self) -> str:
        return "rgba"

    def rows(self, picture: Picture) -> Sequence[Row]:
        return _rows(picture, self.depth)


# As many as are likely to be on one screen.
@lru_cache(maxsize=16)
def _rows(picture: Picture, depth: int) -> tuple[Row, ...]:
    lines = [_line(picture, y, depth) for y in range(picture.height)]
    lines += [[_NOTHING] * picture.width] * (len(lines) % 2)
    return tuple(
        tuple(_joined(map(_cell, upper, lower)))
        for upper, lower in zip(lines[::2], lines[1::2], strict=True)
    )


def _line(picture: Picture, y: int, depth: int) -> list[_Ink]:
    """Return the colours of a line of pixels."""
    stride = picture.width * _BYTES
    line = picture.data[y * stride : (y + 1) * stride]
    bands = (line[band::_BYTES] for band in range(_BYTES))
    return [
        _ink((red, green, blue), depth) if opacity > _TRANSPARENT else _NOTHING
        for red, green, blue, opacity in zip(*bands, strict=True)
    ]


def _cell(upper: _Ink, lower: _Ink) -> Segment:
    if upper == lower:
        return Style(_NOTHING.foreground, lower.background), _BLANK
    if upper == _NOTHING:
        return Style(lower.foreground, _NOTHING.background), _LOWER
    return Style(upper.foreground, lower.background), _UPPER


def _joined(cells: Iterator[Segment]) -> Iterator[Segment]:
    """Yield neighbours that are the same together."""
    for cell, several in groupby(cells):
        yield cell[0], cell[1] * len(list(several))


# Neighbours in a picture are much alike, and so is the next one.
@lru_cache(maxsize=1 << 14)
def _ink(pixel: _Pixel, depth: int) -> _Ink:
    """Return what comes nearest to a colour."""
    if depth == TRUE:
        # A step of 4 is not seen, and makes more neighbours the same.
        levels = ";".join(str(level & 0xFC | level >> 6) for level in pixel)
        return _Ink(f"38;2;{levels}", f"48;2;{levels}")
    if depth == MANY:
        number = _among_many(pixel)
        return _Ink(f"38;5;{number}", f"48;5;{number}")
    number = _nearest(pixel, _SIXTEEN)
    base = _FIRST + number if number < _BRIGHT else _FIRST_BRIGHT + number - _BRIGHT
    return _Ink(str(base), str(base + _BEHIND))


def _among_many(pixel: _Pixel) -> int:
    """Return which of 256 colours it is: of those that all terminals show alike."""
    red, green, blue = places = [_nearest_level(level) for level in pixel]
    in_cube = (_CUBE[red], _CUBE[green], _CUBE[blue])
    grey = max(0, min(_GREYS - 1, round((sum(pixel) / len(places) - _DARKEST) / _GREY_STEP)))
    among_greys = (_DARKEST + _GREY_STEP * grey,) * 3
    if _distance(pixel, among_greys) < _distance(pixel, in_cube):
        return _GREY_AT + grey
    return _CUBE_AT + 36 * red + 6 * green + blue


def _nearest_level(level: int) -> int:
    return min(range(len(_CUBE)), key=lambda place: abs(_CUBE[place] - level))


def _nearest(pixel: _Pixel, colours: Sequence[_Pixel]) -> int:
    return min(range(len(colours)), key=lambda place: _distance(pixel, colours[place]))


def _distance(one: _Pixel, other: _Pixel) -> int:
    """Return how different two colours look, about: eyes see green best."""
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return 3 * red * red + 6 * green * green + blue * blue
