"""A theme: how each style looks with true colours, 256, 16 and none."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Background = Literal["dark", "light"]


class PaletteEntry(NamedTuple):
    """One entry for urwid's `register_palette`."""

    name: str
    foreground: str
    background: str
    mono: str
    foreground_high: str
    background_high: str


@dataclass(frozen=True, slots=True)
class Style:
    """How one style looks, in urwid's words; `high_*` is for 256 and more colours."""

    foreground: str = "default"
    background: str = "default"
    mono: str = ""
    foreground_high: str = ""
    background_high: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """All styles."""

    name: str
    background: Background
    styles: dict[str, Style]
    description: str = ""

    def palette(self) -> list[PaletteEntry]:
        """Return all styles for urwid's `register_palette`; None stands for no style."""
        raise NotImplementedError
