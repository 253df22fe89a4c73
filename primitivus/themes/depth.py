"""How many colours the terminal has."""

from collections.abc import Mapping

MONO, SIXTEEN, MANY, TRUE = 1, 16, 256, 1 << 24


def colour_depth(setting: str, environ: Mapping[str, str]) -> int:
    """Return 1, 16, 256 or 2**24, by the setting `colours` or, where that is "auto", the environment."""
    raise NotImplementedError
