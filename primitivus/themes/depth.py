"""How many colours the terminal has."""

from collections.abc import Mapping

from primitivus.themes.terminfo import colours

MONO, SIXTEEN, MANY, TRUE = 1, 16, 256, 1 << 24

# What terminals call themselves that give each colour directly; not every machine describes them.
_DIRECT = ("xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm", "contour")
_SETTINGS = {"mono": MONO, "16": SIXTEEN, "256": MANY, "true": TRUE}


def colour_depth(setting: str, environ: Mapping[str, str]) -> int:
    """Return 1, 16, 256 or 2**24: what urwid calls `colors`.

    The setting `colours` decides; where it is "auto", NO_COLOR (any text in it), then what the
    terminal says of itself in COLORTERM and TERM, or what its description here has, if that is
    more: ssh brings nothing but TERM along.
    """
    if setting in _SETTINGS:
        return _SETTINGS[setting]
    if environ.get("NO_COLOR"):
        return MONO
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return TRUE
    term = environ.get("TERM", "")
    if term.endswith("-direct") or term.startswith(_DIRECT):
        return TRUE
    if "256" in term:
        return MANY
    described = colours(term, environ)
    if described >= MANY:
        return TRUE if described >= TRUE else MANY
    return MONO if term.startswith("vt") else SIXTEEN
