"""Whether the terminal's background is dark or light, and the theme for it."""

import re
from collections.abc import Mapping

from primitivus.themes.theme import Background

AUTO = "auto"

_THEMES: Mapping[Background | None, str] = {None: "dark", "dark": "dark", "light": "light"}
# As terminals answer OSC 11: rgb:ffff/ffff/ffff with one to four digits each, or #ffffff.
_COLOUR = re.compile(r"(?:rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4}).*)", re.IGNORECASE)
_SHORT = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
# How bright red, green and blue are to the eye.
_WEIGHTS = (0.299, 0.587, 0.114)
# The 16 colours that are dark, of those that COLORFGBG numbers.
_DARK = (0, 1, 2, 3, 4, 5, 6, 8)


def background_of(colour: str) -> Background | None:
    """Return what a colour is as a background, None if it can't be read."""
    match = _COLOUR.fullmatch(colour) or _SHORT.fullmatch(colour)
    if match is None:
        return None
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in match.groups()]
    brightness = sum(part * weight for part, weight in zip(parts, _WEIGHTS, strict=True))
    return "light" if brightness > 0.5 else "dark"


def told_background(environ: Mapping[str, str]) -> Background | None:
    """Return what COLORFGBG says, None if it says nothing."""
    number = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not number.isdecimal():
        return None
    return "dark" if int(number) in _DARK else "light"


def theme_for(setting: str, background: Background | None) -> str:
    """Return the name of the theme that the setting `theme` means on this background."""
    return _THEMES[background] if setting == AUTO else setting
