"""Colours as red, green and blue: what terminals make of them, and how well they are told apart."""

from collections.abc import Mapping
from functools import cache, lru_cache

Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

CUBE_LEVELS = (0, 95, 135, 175, 215, 255)
"""What each part of a colour may be in the cube that 256 colours have, from 0 to 255."""
# Where it begins, and the greys behind it, each of which is 10 brighter than the last.
_CUBE, _GREYS, _MOST_GREY = 16, 232, 23
# How much red, green and blue add to how bright a colour is (WCAG 2.1, relative luminance).
_WEIGHTS = (0.2126, 0.7152, 0.0722)

_NAMES = (
    *("black", "dark red", "dark green", "brown"),
    *("dark blue", "dark magenta", "dark cyan", "light gray"),
    *("dark gray", "light red", "light green", "yellow"),
    *("light blue", "light magenta", "light cyan", "white"),
)
# As xterm has them, and as the Linux console and other heirs of VGA have.
_XTERM = (
    "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5"
    " #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff"
)
_VGA = (
    "#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa"
    " #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff"
)


def from_hex(written: str) -> Rgb:
    """Return what "#rrggbb" says."""
    red, green, blue = (int(written[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def to_hex(rgb: Rgb) -> str:
    """Return a colour as "#rrggbb"."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


@cache
def xterm() -> Mapping[str, Rgb]:
    """Return the 16 colours by the words of urwid, as xterm has them."""
    return dict(zip(_NAMES, map(from_hex, _XTERM.split()), strict=True))


@cache
def vga() -> Mapping[str, Rgb]:
    """Return them as the Linux console has them."""
    return dict(zip(_NAMES, map(from_hex, _VGA.split()), strict=True))


def luminance(rgb: Rgb) -> float:
    """Return how bright a colour is, 0 to 1 (WCAG 2.1, relative luminance)."""
    return sum(weight * _linear(part) for weight, part in zip(_WEIGHTS, rgb, strict=True))


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def of_256(number: int) -> Rgb:
    """Return one of 256 colours, from 16 on: those before are whatever the user made them."""
    if number >= _GREYS:
        grey = (8 + 10 * (number - _GREYS)) / 255
        return grey, grey, grey
    red, rest = divmod(number - _CUBE, 36)
    return CUBE_LEVELS[red] / 255, CUBE_LEVELS[rest // 6] / 255, CUBE_LEVELS[rest % 6] / 255


@lru_cache(maxsize=512)
def nearest_of_256(written: str) -> int:
    """Return the number of the colour that is nearest to "#rrggbb", of the cube and the greys.

    It is asked for all of a theme before the first screen, and so reckons rather than searches.
    """
    red, green, blue = int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)
    places = _level(red), _level(green), _level(blue)
    cube_red, cube_green, cube_blue = (CUBE_LEVELS[place] for place in places)
    grey = max(0, min(_MOST_GREY, ((red + green + blue) // 3 - 3) // 10))
    level = 8 + 10 * grey
    of_cube = (cube_red - red) ** 2 + (cube_green - green) ** 2 + (cube_blue - blue) ** 2
    if (level - red) ** 2 + (level - green) ** 2 + (level - blue) ** 2 < of_cube:
        return _GREYS + grey
    return _CUBE + 36 * places[0] + 6 * places[1] + places[2]


def _level(part: int) -> int:
    """Return which of the levels of the cube is nearest to a part of a colour, 0 to 255."""
    if part < 48:
        return 0
    return 1 if part < 115 else (part - 35) // 40


@lru_cache(maxsize=256)  # the colours of a palette are made of few parts
def _linear(part: float) -> float:
    # The border of WCAG's text, 0.03928, is that of an old draft of sRGB; no part of 8 bits
    # lies between.
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
