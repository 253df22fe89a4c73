"""How well what a theme draws can be read (WCAG 2.1): on many terminals, wherever it is drawn."""

from collections.abc import Iterator, Mapping

from backendd.api.tuples import NamedTuple
from primitivus.sentences import tr
from primitivus.themes.colours import NickColours
from primitivus.themes.depth import MANY, MONO, SIXTEEN, TRUE
from primitivus.themes.looks import BASIC
from primitivus.themes.rgb import (
    Rgb,
    contrast,
    from_hex,
    nearest_of_256,
    of_256,
    vga,
    xterm,
)
from primitivus.themes.theme import WORDS, Background, Style, Theme, nick_style

LINE = 3.0
"""What lines have to have, that say nothing but where something ends (WCAG 2.1, 1.4.11)."""
LINES = ("pane.border", "pane.border.focused", "popup.border")
# Those of 16 colours that have a brighter one, 8 places on.
_DARK = frozenset(BASIC[1:9])
# Nicks that have about all of the colours that nicks have.
_NICKS = 360


class Terminal(NamedTuple):
    """A kind of terminal: its colours, and those of texts and behind them that it has by itself."""

    name: str
    depth: int
    named: Mapping[str, Rgb]
    by_itself: Mapping[Background, tuple[Rgb, Rgb]]

    def contrast(self, style: Style, background: Background) -> float:
        """Return the least contrast in which a style may be drawn."""
        fg, bg = style.high() if self.depth >= MANY else (style.fg, style.bg)
        text, behind = self.by_itself[background]
        back = self._colour(bg, behind)
        return min(contrast(front, back) for front in self._fronts(fg, text))

    def _fronts(self, fg: str, text: Rgb) -> Iterator[Rgb]:
        """Yield the colours that a text may have: of 16, many terminals have bold ones bright."""
        yield self._colour(fg, text)
        words = [part.strip() for part in fg.split(",")]
        names = list(self.named)
        if self.depth == SIXTEEN and "bold" in words:
            yield from (self.named[names[names.index(word) + 8]] for word in words if word in _DARK)

    def _colour(self, written: str, otherwise: Rgb) -> Rgb:
        parts = (part.strip() for part in written.split(","))
        named = next((part for part in parts if part not in WORDS), "default")
        if named == "default":
            return otherwise
        if not named.startswith("#"):
            return self.named[named]
        return from_hex(named) if self.depth == TRUE else of_256(nearest_of_256(named))


class Weak(NamedTuple):
    """A style that is harder to read than it should be, what it is drawn on and where."""

    style: str
    terminal: str
    contrast: float
    least: float


def terminals() -> tuple[Terminal, ...]:
    """Return the kinds of terminals that themes are measured on."""
    black, white = from_hex("#000000"), from_hex("#ffffff")
    plain: Mapping[Background, tuple[Rgb, Rgb]] = {
        "dark": (from_hex("#c0c0c0"), black),
        "light": (black, white),
    }
    # As many are set up: no quite black or white.
    soft: Mapping[Background, tuple[Rgb, Rgb]] = {
        "dark": (from_hex("#d4d4d4"), from_hex("#1e1e1e")),
        "light": (from_hex("#333333"), from_hex("#fdf6e3")),
    }
    return (
        Terminal(tr("true colours"), TRUE, xterm(), plain),
        Terminal(tr("true colours, softer"), TRUE, xterm(), soft),
        Terminal(tr("256 colours"), MANY, xterm(), plain),
        Terminal(tr("256 colours, softer"), MANY, xterm(), soft),
        Terminal(tr("the 16 colours of xterm"), SIXTEEN, xterm(), plain),
        Terminal(tr("the 16 colours of VGA"), SIXTEEN, vga(), plain),
    )


def weak(theme: Theme) -> Iterator[Weak]:
    """Yield what of a theme has less contrast than it needs, on each kind of terminal."""
    if theme.most == MONO:
        return
    for terminal in terminals():
        if terminal.depth > theme.most:
            continue
        for name, style in drawn(theme, terminal.depth):
            found = terminal.contrast(style, theme.background)
            least = LINE if name.partition(" on ")[0] in LINES else theme.contrast
            if found < least:
                yield Weak(name, terminal.name, found, least)


def drawn(theme: Theme, depth: int) -> Iterator[tuple[str, Style]]:
    """Yield all that is drawn with so many colours: styles, nicks, and both in popups."""
    nick, found = theme.styles["message.nick"], dict(theme.styles)
    colours = NickColours(depth, theme.background, least=theme.contrast)
    for number in range(_NICKS):
        colour = colours.colour(str(number))
        found[f"nick {colour}"] = nick_style(nick, colour)
    for name, style in found.items():
        yield name, theme.on(style)
        if (over := theme.on(style, "popup")) != theme.on(style) and name not in LINES:
            yield f"{name} on popup", over
