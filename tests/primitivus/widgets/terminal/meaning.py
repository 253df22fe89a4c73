"""What a canvas means, worked out without the screen under test, and what a terminal shows."""

import unicodedata
from dataclasses import dataclass

import wcwidth
from urwid import AttrSpec
from urwid.display.raw import Screen

from primitivus.widgets.terminal.hyperlinks import opening
from primitivus.widgets.terminal.painter import Painter
from primitivus.widgets.terminal.style import Style, from_attributes
from tests.lab.screen import Emulator

WRAP_OFF = b"\x1b[?7l"

ATTRIBUTES = {
    None: AttrSpec("default", "default"),
    "bold": AttrSpec("default,bold", "default"),
    "red": AttrSpec("dark red,bold,italics", "default"),
    "bright": AttrSpec("light blue", "default"),
    "bar": AttrSpec("white", "dark blue"),
    "bar bold": AttrSpec("yellow,bold", "dark blue"),
    "link": AttrSpec("dark cyan,underline", "default"),
    "under bar": AttrSpec("default,underline", "dark blue"),
    "chosen": AttrSpec("default,standout", "default"),
    "gone": AttrSpec("dark gray,strikethrough", "default"),
    "high": AttrSpec("#f80", "#006", 256),
    "true": AttrSpec("#123456", "#fedcba", 2**24),
    "web": AttrSpec("dark cyan,underline", "default"),
    "other web": AttrSpec("dark cyan,underline", "default"),
    "blink": AttrSpec("default,blink", "light gray"),
}
LINKS = {"web": "https://example.org/one", "other web": "https://example.org/other"}


@dataclass(frozen=True)
class Look:
    """One column: what is in it and how; ink is what a space doesn't show."""

    text: str
    background: str
    lines: tuple[bool, ...]
    link: str
    ink: tuple[str | bool, ...]


def style_of(name: str | None) -> Style:
    spec = ATTRIBUTES[name]
    style = from_attributes(spec, bright_is_bold=False, bright_is_blink=False)
    return style._replace(link=opening(LINKS.get(name, "")))


def painter(*, erases_background: bool = True) -> Painter:
    return Painter(style_of, erases_background=erases_background)


def _look(char) -> Look:
    text = unicodedata.normalize("NFC", char.data)
    lines = (char.underscore, char.strikethrough, char.reverse, char.blink)
    link = char.link[1]
    shows_ink = text != " " or any(lines) or bool(link)
    ink = (char.fg, char.bold, char.italics) if shows_ink else ()
    return Look(text, char.bg, lines, link, ink)


def shown(terminal: Emulator) -> list[list[Look]]:
    columns = range(terminal.columns)
    return [[_look(terminal.buffer[y][x]) for x in columns] for y in range(terminal.lines)]


def meant(rows, columns: int) -> list[list[Look]]:
    """What urwid's own escape sequences and wcwidth's clusters say `rows` look like."""
    return [_meant_row(row, columns) for row in rows]


def _meant_row(row, columns: int) -> list[Look]:
    scratch = Emulator(1, 2)
    looks: list[Look] = []
    for attribute, _, encoded in row:
        escape = Screen()._attrspec_to_escape(ATTRIBUTES[attribute])
        scratch.feed(escape.encode())
        attributes = scratch.cursor.attrs._replace(link=("", LINKS.get(attribute, "")))
        for cluster in wcwidth.iter_graphemes(encoded.decode()):
            width = wcwidth.width(cluster, control_codes="ignore")
            if width:
                looks.append(_look(attributes._replace(data=cluster)))
            if width == 2:
                looks.append(Look("", "default", (), "", ()))
    assert len(looks) == columns
    return looks


def without_tails(rows: list[list[Look]]) -> list[list[Look]]:
    """The right half of a wide character looks as its left half says."""
    return [
        [Look("", "default", (), "", ()) if not look.text else look for look in row] for row in rows
    ]


def fill(row, columns: int):
    """`row`, (attribute, text) pairs, as urwid's runs of exactly so many columns."""
    runs, used = [], 0
    for attribute, text in row:
        kept = ""
        for cluster in wcwidth.iter_graphemes(text):
            width = wcwidth.width(cluster, control_codes="ignore")
            if used + width > columns:
                break
            kept, used = kept + cluster, used + width
        if kept:
            runs.append((attribute, None, kept.encode()))
    if used < columns:
        runs.append((None, None, b" " * (columns - used)))
    return runs
