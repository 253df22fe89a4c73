"""How many colours the terminal has."""

from collections.abc import Mapping

MONO, SIXTEEN, MANY, TRUE = 1, 16, 256, 1 << 24

_SETTINGS = {"mono": MONO, "16": SIXTEEN, "256": MANY, "true": TRUE}


def colour_depth(setting: str, environ: Mapping[str, str]) -> int:
    """Return 1, 16, 256 or 2**24: what urwid calls `colors`.

    The setting `colours` decides; where it is "auto", NO_COLOR (any text in it), then what the
    terminal says of itself in COLORTERM and TERM.
    """
    if setting in _SETTINGS:
        return _SETTINGS[setting]
    if environ.get("NO_COLOR"):
        return MONO
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return TRUE
    term = environ.get("TERM", "")
    if term.endswith("-direct"):
        return TRUE
    if "256" in term:
        return MANY
    return MONO if term.startswith("vt") else SIXTEEN
