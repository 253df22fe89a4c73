"""A theme: how each style looks with many colours, with 16 and with none."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from backendd.api.values import Value

Background = Literal["dark", "light"]


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


class Theme(Value):
    """All styles by name; `background` is what the theme is made for."""

    name: str
    background: Background
    styles: Mapping[str, Style]
    description: str = ""
    has_colours: bool = True

    def palette(self) -> list[PaletteEntry]:
        """Return all styles for urwid's `register_palette`."""
        return [_entry(name, style) for name, style in self.styles.items()]


def _entry(name: str, style: Style) -> PaletteEntry:
    has_high = bool(style.high_fg or style.high_bg)
    return PaletteEntry(
        name,
        style.fg,
        style.bg,
        style.mono or None,
        (style.high_fg or style.fg) if has_high else None,
        (style.high_bg or style.bg) if has_high else None,
    )
