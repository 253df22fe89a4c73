"""The styles as the terminal is told of them, with those that come as they are drawn."""

from collections.abc import Callable, Iterable
from typing import Literal

from primitivus.themes.colours import NickColours
from primitivus.themes.depth import TRUE
from primitivus.themes.theme import PaletteEntry, Style, Theme, entry, nick_style
from primitivus.widgets.drawing.attributes import Attribute, restyled
from primitivus.widgets.terminal.hyperlinks import Linked

Register = Callable[[Iterable[PaletteEntry]], None]
Ground = Literal["popup"]
"""What has a background of its own, and more styles on it than are made for it."""


class Palette:
    """Registers the theme, the colours of people, and styles on other backgrounds, as they appear.

    They are for so many colours (`depth`).
    """

    def __init__(
        self, register: Register, theme: Theme, colours: NickColours, depth: int = TRUE
    ) -> None:
        self._register = register
        self._colours = colours
        self._depth = depth
        self._theme = theme
        self._styles = dict(theme.styles)
        self._nicks: dict[str, str] = {}
        self._over: dict[tuple[str, str], str] = {}
        register(theme.palette(depth))

    def nick_style(self, jid: str) -> str:
        """Return the style of the name of whoever has this JID."""
        if jid not in self._nicks:
            self._nicks[jid] = self._nick(self._colours.colour(jid))
        return self._nicks[jid]

    def over(self, attribute: Attribute, ground: Ground) -> Attribute:
        """Return how something is drawn on a background that it has none of its own against."""
        style = attribute.style if isinstance(attribute, Linked) else attribute
        if not isinstance(style, str):
            return attribute
        # What it is for stays with this one alone.
        return restyled(attribute, self._on(str(style), ground))

    def _nick(self, colour: str) -> str:
        if not colour:
            return "message.nick"
        return self._add(f"nick {colour}", nick_style(self._styles["message.nick"], colour))

    def _on(self, name: str, ground: Ground) -> str:
        if (name, ground) not in self._over:
            self._over[name, ground] = self._laid(name, ground)
        return self._over[name, ground]

    def _laid(self, name: str, ground: Ground) -> str:
        style = self._styles.get(name)
        if style is None:
            return name
        over = self._theme.on(style, ground)
        return name if over == self._theme.on(style) else self._add(f"{name} on {ground}", over)

    def _add(self, name: str, style: Style) -> str:
        if name not in self._styles:
            self._styles[name] = style
            self._register([entry(name, self._theme.on(style), self._depth)])
        return name
