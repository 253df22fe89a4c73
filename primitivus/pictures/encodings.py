"""What pictures are written as, for each way to show them; all of them have the bands RGBA."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from PIL import Image

_FULL = 255
# A pixel that is no more opaque than this is not drawn.
_TRANSPARENT = 127
_SAMPLE = 256, 256
# Pixels of six rows are one sixel; the least of them is this character.
_BAND, _LEAST = 6, 63
# So many alike, one after the other, are shorter as a number.
_ALIKE = re.compile(rb"(.)\1{3,}", re.DOTALL)


def rgba(image: Image.Image) -> bytes:
    """Return its pixels."""
    return image.tobytes()


def kitty(image: Image.Image, width: int, height: int) -> bytes:
    """Return its pixels as zlib has them, filled up to whole cells of that size."""
    size = -(-image.width // width) * width, -(-image.height // height) * height
    whole = Image.new("RGBA", size)
    whole.paste(image)
    return zlib.compress(whole.tobytes())


def sixel(image: Image.Image, height: int, colours: int) -> bytes:
    """Return a line of sixels for each row of cells of that height.

    Each line is a picture by itself: its colours first.
    """
    # One number is kept for what is not drawn.
    nothing = colours - 1
    plain = image.convert("RGB")
    # Few pixels say well enough which colours there are, in a small part of the time.
    sample = plain.copy()
    sample.thumbnail(_SAMPLE)
    drawn = plain.quantize(palette=sample.quantize(nothing))
    palette = drawn.getpalette() or []
    is_clear = image.getchannel("A").point(lambda opacity: _FULL * (opacity <= _TRANSPARENT))
    drawn.paste(nothing, mask=is_clear)
    data, width = drawn.tobytes(), image.width
    rows = [data[start : start + width] for start in range(0, len(data), width)]
    strips = (rows[top : top + height] for top in range(0, len(rows), height))
    return b"\n".join(_strip(strip, palette, nothing) for strip in strips)


def _strip(rows: list[bytes], palette: list[int], nothing: int) -> bytes:
    used = sorted(set().union(*rows) - {nothing})
    colours = b"".join(_colour(number, palette[3 * number : 3 * number + 3]) for number in used)
    bands = (rows[top : top + _BAND] for top in range(0, len(rows), _BAND))
    return colours + b"-".join(b"$".join(_band(band, nothing)) for band in bands)


def _colour(number: int, levels: list[int]) -> bytes:
    red, green, blue = (round(level * 100 / _FULL) for level in levels)
    return b"#%d;2;%d;%d;%d" % (number, red, green, blue)


def _band(rows: list[bytes], nothing: int) -> Iterator[bytes]:
    """Yield the sixels of each colour in turn."""
    for number in sorted(set().union(*rows) - {nothing}):
        # All columns at once: a byte for each, and in it a bit for each row.
        is_it = bytes(number) + b"\1" + bytes(_FULL - number)
        bits = sum(
            int.from_bytes(row.translate(is_it), "big") << place for place, row in enumerate(rows)
        )
        sixels = bits.to_bytes(len(rows[0]), "big").translate(_SIXELS).rstrip(b"?")
        yield b"#%d" % number + _ALIKE.sub(_counted, sixels)


_SIXELS = bytes((_LEAST + each) % (_FULL + 1) for each in range(_FULL + 1))


def _counted(alike: "re.Match[bytes]") -> bytes:
    return b"!%d%b" % (len(alike[0]), alike[1])


ENCODINGS: Mapping[str, Callable[..., bytes]] = {"rgba": rgba, "kitty": kitty, "sixel": sixel}
"""By the word that asks for them, with numbers behind it: `sixel:20:256`."""

CELLS: Mapping[str, Callable[..., tuple[int, int]]] = {
    "rgba": lambda: (1, 2),
    "kitty": lambda width, height: (width, height),
    "sixel": lambda height, colours: (height // 2, height),
}
"""About how many pixels a cell has, across and down, by the same words and numbers."""
