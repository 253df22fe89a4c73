"""A theme: how each style looks with many colours, with 16 and with none."""

from collections.abc import Mapping
from typing import Literal

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.themes.depth import MANY, TRUE
from primitivus.themes.rgb import nearest_of_256

Background = Literal["dark", "light"]

WORDS = ("bold", "underline", "standout", "italics", "blink", "strikethrough")
"""What a style may be besides its colours."""

READABLE = 4.5
"""The contrast that texts have to have (WCAG 2.1, AA)."""


class PaletteEntry(NamedTuple):
    """One entry for urwid's `register_palette`."""

    name: str
    foreground: str
    background: str
    mono: str | None
    foreground_high: str | None
    background_high: str | None


class Style(Value):
    """How one style looks, in urwid's words; what is empty in `high_*` is as in the others."""

    fg: str = "default"
    bg: str = "default"
    mono: str = ""
    high_fg: str = ""
    high_bg: str = ""

    def without_colours(self) -> "Style":
        """Return it with nothing but what `mono` says."""
        return Style(fg=f"default,{self.mono}" if self.mono else "default", mono=self.mono)

    def with_sixteen(self) -> "Style":
        """Return it with the 16 colours on all terminals: what the user made them."""
        return Style(fg=self.fg, bg=self.bg, mono=self.mono)

    def over(self, below: "Style") -> "Style":
        """Return it in the colours of what lies below it, where it has none of its own."""
        fg, bg = _over(self.fg, below.fg), _over(self.bg, below.bg)
        high_fg, high_bg = self.high()
        below_fg, below_bg = below.high()
        high_fg, high_bg = _over(high_fg, below_fg), _over(high_bg, below_bg)
        if (high_fg, high_bg) == (fg, bg):
            high_fg = high_bg = ""
        return Style(fg, bg, self.mono, high_fg, high_bg)

    def high(self) -> tuple[str, str]:
        """Return how it looks where there are many colours."""
        return self.high_fg or self.fg, self.high_bg or self.bg


class Theme(Value):
    """All styles by name; `background` is what the theme is made for.

    `most` is how many colours it uses where there are more, and `contrast` what its texts are to
    have at least. Its `symbols` are those that it is made of, where the user says nothing.
    """

    name: str
    background: Background
    styles: Mapping[str, Style]
    description: str = ""
    most: int = TRUE
    symbols: str = ""
    contrast: float = READABLE

    def palette(self, depth: int = TRUE) -> list[PaletteEntry]:
        """Return all styles for urwid's `register_palette`, on so many colours (depth.py)."""
        return [entry(name, self.on(style), depth) for name, style in self.styles.items()]

    def on(self, style: Style, *grounds: str) -> Style:
        """Return a style on others, in their colours where it has none; below all is `default`."""
        for name in (*grounds, "default"):
            if (below := self.styles[name]) != Style():
                style = style.over(below)
        return style


def entry(name: str, style: Style, depth: int = TRUE) -> PaletteEntry:
    """Return a style for urwid's `register_palette`, by this name."""
    mono = style.mono or None
    if depth == MANY and (style.high_fg or style.high_bg):
        high_fg, high_bg = map(_indexed, style.high())
        return PaletteEntry(name, style.fg, style.bg, mono, high_fg, high_bg)
    if depth >= MANY and (style.high_fg or style.high_bg):
        return PaletteEntry(name, style.fg, style.bg, mono, *style.high())
    return PaletteEntry(name, style.fg, style.bg, mono, None, None)


def nick_style(plain: Style, colour: str) -> Style:
    """Return how somebody's name looks in the colour of their own."""
    basic = "default" if colour.startswith("#") else colour
    return Style(basic, plain.bg, "", colour, plain.high()[1])


def _over(own: str, below: str) -> str:
    """Return colour and words of a style that has the colour of another where it has none."""
    parts = own.split(",")
    named = [part for part in parts if part.strip() not in WORDS]
    if named and named[0] != "default":
        return own
    colour = next((each for each in below.split(",") if each.strip() not in WORDS), "default")
    return ",".join((colour, *(part for part in parts if part.strip() in WORDS)))


def _indexed(own: str) -> str:
    """Return it with the nearest of 256 colours, which urwid would choose from too few."""
    return ",".join(
        f"h{nearest_of_256(part.strip())}" if part.strip().startswith("#") else part
        for part in own.split(",")
    )
