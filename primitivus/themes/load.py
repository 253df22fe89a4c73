"""Loading themes: shipped ones and the user's."""

from pathlib import Path

from primitivus.config import Problem
from primitivus.themes.theme import Theme

SHIPPED = ("default", "light", "mono")


def load_theme(name: str, directory: Path | None = None) -> tuple[Theme, list[Problem]]:
    """Return the theme called `name` and all that is wrong with its file.

    The user's themes are in `directory` (default: $XDG_CONFIG_HOME/primitivus/themes); a style
    that a theme lacks looks as in the theme its `base` names, or in the default one.
    """
    raise NotImplementedError


def theme_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of all themes, shipped and the user's."""
    raise NotImplementedError
