"""Answers of the terminal that the program has a use for."""

import re
from typing import Literal

from backendd.api.tuples import NamedTuple

LONGEST = 64

_BACKGROUND = b"11;"
_VERSION = b">|"
_KITTY = re.compile(rb"Gi=31;(.*)", re.DOTALL)
# The largest size of a character that is believed, in pixels.
_LARGEST = 256
_SEQUENCE = re.compile(
    rb"\x1b\[(?:6;(?P<height>\d{1,4});(?P<width>\d{1,4})t|\?1;0;(?P<colours>\d{1,9})S)"
)


class BackgroundColour(str):
    """What the terminal says its background is, as a key named "background colour"."""

    __slots__ = ("colour",)

    colour: str
    """As X11 writes it: `rgb:ffff/ffff/ffff`."""

    def __new__(cls, colour: str) -> "BackgroundColour":
        key = super().__new__(cls, "background colour")
        key.colour = colour
        return key


class Said(NamedTuple):
    """Something that is told of pictures: no key, and taken out of them."""

    what: Literal["kitty graphics", "version", "cell", "colours"]
    value: str | int | tuple[int, int]


def read_string(introducer: bytes, text: bytes) -> BackgroundColour | Said | None:
    """Return what a control string (OSC, DCS, APC) of the terminal says, if that is of use."""
    if introducer == b"]" and text.startswith(_BACKGROUND):
        return BackgroundColour(_text(text.removeprefix(_BACKGROUND)))
    if introducer == b"P" and text.startswith(_VERSION):
        return Said("version", _text(text.removeprefix(_VERSION)))
    if introducer == b"_" and (said := _KITTY.fullmatch(text)):
        return Said("kitty graphics", _text(said[1]))
    return None


def read_sequence(sequence: bytes) -> Said | None:
    """Return what a sequence (CSI) of the terminal says, if that is of use."""
    said = _SEQUENCE.fullmatch(sequence)
    if said is None:
        return None
    if said["colours"]:
        return Said("colours", int(said["colours"]))
    width, height = int(said["width"]), int(said["height"])
    return Said("cell", (width, height)) if 0 < width <= _LARGEST >= height > 0 else None


def _text(said: bytes) -> str:
    return said.decode("ascii", "replace")
