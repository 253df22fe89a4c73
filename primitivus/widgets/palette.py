"""The styles as the terminal is told of them, and a style for each person."""

from collections.abc import Callable, Iterable

from primitivus.themes.colours import NickColours
from primitivus.themes.theme import PaletteEntry, Theme

Register = Callable[[Iterable[PaletteEntry]], None]


class Palette:
    """Registers the theme, and the colours of people as they appear."""

    def __init__(self, register: Register, theme: Theme, colours: NickColours) -> None:
        self._register = register
        self._theme = theme
        self._colours = colours
        self._known: dict[str, str] = {}
        register(theme.palette())

    def nick_style(self, jid: str) -> str:
        """Return the style of the name of whoever has this JID."""
        if jid not in self._known:
            self._known[jid] = self._style(self._colours.colour(jid))
        return self._known[jid]

    def _style(self, colour: str) -> str:
        if not colour:
            return "message.nick"
        plain = self._theme.styles.get("message.nick")
        background = plain.bg if plain is not None else "default"
        high_background = (plain.high_bg if plain is not None else "") or background
        name = f"nick {colour}"
        entry = PaletteEntry(name, _basic(colour), background, None, colour, high_background)
        self._register([entry])
        return name


def _basic(colour: str) -> str:
    """Return what stands for a colour where the terminal has but 16."""
    return "default" if colour.startswith("#") else colour
