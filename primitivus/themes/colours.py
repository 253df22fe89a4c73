"""Consistent colours for people (XEP-0392): the same name has the same colour everywhere."""

from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import cache

import hsluv

from primitivus.themes.depth import MANY, MONO, TRUE
from primitivus.themes.rgb import CUBE_LEVELS, Rgb, contrast, from_hex, to_hex, vga, xterm
from primitivus.themes.theme import READABLE, Background

try:
    # As Python's own `random` does: `hashlib` loads all of OpenSSL, which nothing else needs here.
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha1

# HSLuv keeps the contrast the same for all hues: at these, 5.9 to 1 and more on what is behind.
_LIGHTNESS: Mapping[Background, float] = {"dark": 72.0, "light": 40.0}
_SATURATION = 90.0
# Few terminals are quite black or white; what can be read on these can be on those.
BEHIND: Mapping[Background, Rgb] = {
    "dark": from_hex("#262626"),
    "light": from_hex("#eeeeee"),
}

# Hues that look alike to someone are folded onto the half of the circle that begins here. So did
# XEP-0392 up to version 0.7; later ones leave it to the client.
_HALF_BEGINS = {"red-green": 270.0, "blue": 0.0}

# Of 16 colours those that have a hue, and say something on the background.
_NAMES: Mapping[Background, tuple[str, ...]] = {
    "dark": ("light red", "light green", "yellow", "light blue", "light magenta", "light cyan"),
    "light": ("dark red", "dark green", "brown", "dark blue", "dark magenta", "dark cyan"),
}
_PREFERRED_LIGHTNESS = 73.2


def hue(text: str) -> float:
    """Return the angle of a JID or nick in degrees, 0 to 360 ("Angle generation")."""
    digest = sha1(text.encode(errors="replace"), usedforsecurity=False).digest()
    return int.from_bytes(digest[:2], "little") / 65536 * 360


def fold(angle: float, vision: str) -> float:
    """Return the angle, moved to where someone of this colour vision can tell it from others."""
    if vision not in _HALF_BEGINS:
        return angle
    begin = _HALF_BEGINS[vision]
    return (begin + (angle - begin) % 180) % 360


def hue_palette(colours: Iterable[Rgb]) -> dict[int, Rgb]:
    """Return the colours by their angle, in its order, and no greys.

    XEP-0392, "Conversion of an RGB color palette".
    """
    best: dict[int, tuple[float, Rgb]] = {}
    for rgb in colours:
        if rgb[0] == rgb[1] == rgb[2]:
            continue
        lightness, _, angle = hsluv.rgb_to_lch(rgb)
        distance = abs(lightness - _PREFERRED_LIGHTNESS)
        if round(angle) not in best or distance < best[round(angle)][0]:
            best[round(angle)] = (distance, rgb)
    return {angle: best[angle][1] for angle in sorted(best)}


def nearest(angle: float, palette: Mapping[int, Rgb]) -> Rgb:
    """Return the colour of the palette, in the order of its angles, nearest to the angle.

    XEP-0392, "Mapping of a Hue angle".
    """
    if round(angle) in palette:
        return palette[round(angle)]
    angles = (*palette,)
    above = bisect(angles, angle) % len(angles)
    # Thousands may come into a room: only those at both sides are looked at.
    beside = (angles[above - 1], angles[above])
    return palette[min(beside, key=lambda other: min((angle - other) % 360, (other - angle) % 360))]


class NickColours:
    """The colour of each person, for one depth of colours (depth.py) and one background.

    `vision` is as the setting `colour_vision`: "normal", "red-green" or "blue". Where there is a
    choice, only what has at least the `least` contrast with the background is chosen from.
    """

    def __init__(
        self,
        depth: int,
        background: Background = "dark",
        vision: str = "normal",
        *,
        least: float = READABLE,
        enabled: bool = True,
    ) -> None:
        self._depth = depth if enabled else MONO
        self._background: Background = background
        self._vision = vision
        self._least = least
        self._known: dict[str, str] = {}

    def colour(self, text: str) -> str:
        """Return the colour of a JID or nick, as urwid writes it; "" if it has none of its own."""
        if self._depth == MONO:
            return ""
        if text not in self._known:
            self._known[text] = self._find(fold(hue(text), self._vision))
        return self._known[text]

    def _find(self, angle: float) -> str:
        if self._depth >= TRUE:
            return to_hex(hsluv.hsluv_to_rgb((angle, _SATURATION, _LIGHTNESS[self._background])))
        if self._depth >= MANY:
            return to_hex(nearest(angle, _cube(self._background, self._least)))
        names = _readable_names(self._background, self._least)
        chosen = nearest(angle, hue_palette(names.values()))
        return next(name for name, rgb in names.items() if rgb == chosen)


@cache
def _cube(background: Background, least: float) -> Mapping[int, Rgb]:
    """Return the colours of the 6x6x6 cube that can be read on the background."""
    levels = [level / 255 for level in CUBE_LEVELS]
    colours = ((r, g, b) for r in levels for g in levels for b in levels)
    behind = BEHIND[background]
    return hue_palette(rgb for rgb in colours if contrast(rgb, behind) >= least)


@cache
def _readable_names(background: Background, least: float) -> Mapping[str, Rgb]:
    """Return those of 16 colours that can be read on black or white, whoever's they are."""
    behind = xterm()["black" if background == "dark" else "white"]
    return {
        name: vga()[name]
        for name in _NAMES[background]
        if all(contrast(of[name], behind) >= least for of in (xterm(), vga()))
    }
