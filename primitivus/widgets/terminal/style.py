"""Styles: what SGR state a cell is drawn in, and the shortest way from one to another."""

from functools import lru_cache
from typing import Literal

from backendd.api.tuples import NamedTuple
from primitivus.widgets.terminal import hyperlinks
from primitivus.widgets.terminal.urwid_display import AttrSpec

SETTINGS = {
    "bold": "1",
    "faint": "2",
    "italics": "3",
    "underline": "4",
    "blink": "5",
    "standout": "7",
    "strikethrough": "9",
}
ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
# Pictures and links bring ever new styles.
_KEPT = 4096
# Settings that a space shows as well; the others are invisible without ink.
SHOWN_ON_SPACES = frozenset("4579")


class Style(NamedTuple):
    """SGR parameters; a tuple, because thousands are compared a frame and tuples do that in C."""

    foreground: str = "39"
    background: str = "49"
    settings: tuple[str, ...] = ()
    link: str = ""

    @property
    def can_be_erased(self) -> bool:
        """Tell whether erasing leaves a space as this style draws it."""
        return not self.link and SHOWN_ON_SPACES.isdisjoint(self.settings)


PLAIN = Style()


@lru_cache(maxsize=_KEPT)
def on_spaces(style: Style) -> Style:
    """Return what is left of `style` on a space; equal results look the same."""
    return Style(background=style.background) if style.can_be_erased else style


def from_attributes(spec: AttrSpec, *, bright_is_bold: bool, bright_is_blink: bool) -> Style:
    """Return the style of an urwid attribute on a terminal that shows bright colours so."""
    settings = {code for name, code in SETTINGS.items() if getattr(spec, name)}
    foreground = _colour(spec, "foreground", base=30)
    background = _colour(spec, "background", base=40)
    if bright_is_bold and foreground.startswith("9"):
        foreground = f"3{foreground[1:]}"
        settings.add("1")
    if bright_is_blink and background.startswith("10"):
        background = f"4{background[2:]}"
        settings.add("5")
    return Style(foreground, background, tuple(sorted(settings)))


def _colour(spec: AttrSpec, ground: Literal["foreground", "background"], *, base: int) -> str:
    if getattr(spec, f"{ground}_true"):
        rgb = spec.get_rgb_values()
        parts = rgb[:3] if ground == "foreground" else rgb[3:]
        return f"{base + 8};2;" + ";".join(map(str, parts))
    number: int = getattr(spec, f"{ground}_number")
    if getattr(spec, f"{ground}_high"):
        return f"{base + 8};5;{number}"
    if not getattr(spec, f"{ground}_basic"):
        return str(base + 9)
    return str(base + number if number < 8 else base + 60 + number - 8)


@lru_cache(maxsize=_KEPT)
def change(old: Style | None, new: Style) -> str:
    """Return the bytes that turn `old` into `new`; None is a state nobody knows."""
    if old is None:
        return _from_reset(new) + new.link
    link = "" if old.link == new.link else new.link or hyperlinks.CLOSE
    if old[:3] == new[:3]:
        return link
    return min(_difference(old, new), _from_reset(new), key=len) + link


def _from_reset(new: Style) -> str:
    # An empty first parameter is 0, the reset.
    parts = ["", *new.settings]
    if new.foreground != PLAIN.foreground:
        parts.append(new.foreground)
    if new.background != PLAIN.background:
        parts.append(new.background)
    return f"\x1b[{';'.join(parts)}m"


def _difference(old: Style, new: Style) -> str:
    ended = {ENDS[code] for code in old.settings if code not in new.settings}
    parts = sorted(ended)
    # Bold and faint have one end in common, so what ends one takes the other along.
    parts += [code for code in new.settings if code not in old.settings or ENDS[code] in ended]
    if old.foreground != new.foreground:
        parts.append(new.foreground)
    if old.background != new.background:
        parts.append(new.background)
    return f"\x1b[{';'.join(parts)}m"
