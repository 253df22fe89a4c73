"""What a theme may say of one style: the words for colours and for letters."""

import re
from collections.abc import Mapping

from primitivus.sentences import tr
from primitivus.themes.theme import WORDS, Style

BASIC = (
    "default",
    "black",
    "dark red",
    "dark green",
    "brown",
    "dark blue",
    "dark magenta",
    "dark cyan",
    "light gray",
    "dark gray",
    "light red",
    "light green",
    "yellow",
    "light blue",
    "light magenta",
    "light cyan",
    "white",
)

_HIGH = re.compile(r"#[0-9a-fA-F]{6}")
_KEYS = ("fg", "bg", "mono", "high_fg", "high_bg")
_HAS_WORDS = ("fg", "mono", "high_fg")


def read_style(table: object) -> Style:
    """Return the style that a table of a theme describes; ValueError says why there is none."""
    if not isinstance(table, Mapping):
        raise ValueError(tr('a style has to be a table, like { fg = "yellow" }'))  # noqa: TRY004
    for key, value in table.items():
        if key not in _KEYS:
            raise ValueError(
                tr('a style has no "{key}"; it has {keys}', key=key, keys=", ".join(_KEYS))
            )
        if not isinstance(value, str):
            raise ValueError(tr("{key} has to be a text in quotes", key=key))  # noqa: TRY004
        _check(key, value)
    return Style(**table)


def _check(key: str, value: str) -> None:
    colours = 0
    for part in value.split(","):
        word = part.strip()
        if word in WORDS and key in _HAS_WORDS:
            continue
        if key == "mono" or not (
            word in BASIC or (key.startswith("high") and _HIGH.fullmatch(word))
        ):
            raise ValueError(
                tr(
                    '{key}: "{word}" isn\'t one of {allowed}',
                    key=key,
                    word=word,
                    allowed=_allowed(key),
                )
            )
        colours += 1
    if colours > 1:
        raise ValueError(tr("{key} has two colours", key=key))


def _allowed(key: str) -> str:
    words = WORDS if key in _HAS_WORDS else ()
    colours = () if key == "mono" else BASIC
    high = ("#rrggbb",) if key.startswith("high") else ()
    return ", ".join((*high, *colours, *words))
