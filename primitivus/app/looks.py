"""How things look: theme, colours and symbols, as settings, environment and terminal ask for."""

import os

from backendd.api.settings import Problem
from primitivus.app.preview import Preview
from primitivus.app.terminal import Terminal
from primitivus.config import Settings
from primitivus.model.files.pictures import Pictures
from primitivus.model.state import State
from primitivus.themes.background import background_of, theme_for, told_background
from primitivus.themes.colours import NickColours
from primitivus.themes.depth import MONO, colour_depth
from primitivus.themes.load import load_theme
from primitivus.themes.symbols import Symbols, symbols_for
from primitivus.themes.theme import Theme
from primitivus.widgets.drawing.palette import Palette
from primitivus.widgets.pictures.blocks import Blocks
from primitivus.widgets.pictures.pictures import Gallery, Medium
from primitivus.widgets.scene import Scene
from primitivus.widgets.terminal import BackgroundColour, Graphics
from primitivus.widgets.terminal.graphics import CELL, COLOURS

# What has pictures shown by the best that the terminal has; off is for those among messages.
_BEST = ("auto", "off")


class Looks:
    """Knows what to draw with, and has the terminal know what it has to for that."""

    def __init__(
        self,
        state: State,
        terminal: Terminal,
        pictures: Pictures,
        encoding: str,
    ) -> None:
        self._state = state
        self._terminal = terminal
        self._pictures = pictures
        self._encoding = encoding
        self._background = told_background(os.environ)
        self._graphics = Graphics()
        self._theme = Theme("", "dark", {})
        self._preview = Preview(state)
        self._drawn = ""

    def scene(self) -> tuple[Scene, list[Problem]]:
        """Return what everything that draws is given, and what is wrong in a file for it."""
        settings = self._state.settings
        self._drawn = self._wanted(settings)
        self._theme, problems = load_theme(self._drawn)
        depth = self._depth(settings)
        self._terminal.use_colours(depth)
        colours = NickColours(
            min(depth, self._theme.most),
            self._theme.background,
            settings.colour_vision,
            least=self._theme.contrast,
            enabled=settings.nick_colours,
        )
        palette = Palette(self._terminal.register, self._theme, colours, depth)
        scene = Scene(
            self._state,
            self.symbols(),
            palette.nick_style,
            self._gallery(settings),
            palette.over,
        )
        return scene, list(problems)

    def _gallery(self, settings: Settings) -> Gallery | None:
        """Return how pictures are shown; None where they aren't."""
        medium = self._medium(settings)
        if medium is None:
            return None
        return Gallery(self._pictures, medium, settings.picture_rows)

    def _medium(self, settings: Settings) -> Medium | None:
        """Return the best of what is allowed and the terminal has."""
        way, graphics = settings.pictures, self._graphics
        depth = self._depth(settings)
        if depth == MONO or self.symbols().are_ascii:
            return None
        # The first screen doesn't wait for what a terminal has to say first that it knows.
        if way == "kitty" or (way in _BEST and graphics.kitty):
            from primitivus.widgets.pictures.kitty import Kitty

            return Kitty(graphics.cell or CELL)
        if way == "sixel" or (way in _BEST and graphics.sixel and graphics.cell):
            from primitivus.widgets.pictures.sixel import Sixel

            return Sixel(graphics.cell or CELL, graphics.sixel or COLOURS)
        return Blocks(depth)

    def _depth(self, settings: Settings) -> int:
        """Return how many colours there are for what the theme itself says nothing of."""
        if self._theme.most == MONO:
            return MONO
        return colour_depth(settings.colours, os.environ)

    def symbols(self) -> Symbols:
        """Return the signs to draw."""
        term = os.environ.get("TERM", "")
        wanted = self._state.settings.symbols
        if wanted == "auto" and self._theme.symbols:
            wanted = self._theme.symbols
        return symbols_for(wanted, self._encoding, term)

    def told(self, answer: BackgroundColour | Graphics) -> bool:
        """Take over what the terminal says; return whether things look otherwise by that."""
        if isinstance(answer, Graphics):
            medium = self._medium(self._state.settings)
            self._graphics = answer
            return self._medium(self._state.settings) != medium
        before = self._wanted(self._state.settings)
        self._background = background_of(answer.colour) or self._background
        return self._wanted(self._state.settings) != before

    def _wanted(self, settings: Settings) -> str:
        return theme_for(self._preview.theme() or settings.theme, self._background)

    @property
    def is_other(self) -> bool:
        """Return whether another theme is looked at now than the one that is drawn with."""
        return self._wanted(self._state.settings) != self._drawn

    @property
    def theme(self) -> str:
        """Return the name of the theme that is drawn with."""
        return self._theme.name
