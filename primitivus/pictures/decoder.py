"""The program that reads one picture: from its input, as pixels to its output, and no more.

    python -m primitivus.pictures.decoder ENCODING WIDTH HEIGHT < FILE

writes a line `picture W H` and the picture, made to fit, as the encoding has it; or a line
`refused WORD`.
"""

# What is not used here others load when they need it: too late once nothing can be opened.
import copy  # noqa: F401
import os
import sys
from typing import BinaryIO

from PIL import (
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    ImagePalette,  # noqa: F401
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,
)

from primitivus.pictures.confinement import confine
from primitivus.pictures.encodings import CELLS, ENCODINGS

MOST_PIXELS = 50_000_000

_ORIENTATION = 0x0112
# From this one on the camera lay on its side.
_ON_ITS_SIDE = 5
# What is made smaller as it is; what has a palette has to become colours first.
_PLAIN = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
_BEGINNING = 12


class Refused(Exception):
    """A picture that is not read; the text is the word for why."""


def main() -> None:
    """Read the picture and write it."""
    word, *numbers = sys.argv[1].split(":")
    encoding, size = ENCODINGS[word], (int(sys.argv[2]), int(sys.argv[3]))
    cell = CELLS[word](*map(int, numbers))
    Image.MAX_IMAGE_PIXELS = None  # they are counted below
    confine()
    try:
        with os.fdopen(0, "rb") as file:
            image = _read(file, size, cell)
        line, data = f"picture {image.width} {image.height}\n", encoding(image, *map(int, numbers))
    except Refused as refused:
        line, data = f"refused {refused}\n", b""
    except MemoryError:
        line, data = "refused large\n", b""
    with os.fdopen(1, "wb") as output:
        output.write(line.encode() + data)


def _read(file: BinaryIO, size: tuple[int, int], cell: tuple[int, int]) -> Image.Image:
    """Return the first picture in a file, no larger than `size`; Refused.

    Where it had to be made smaller it has a whole cell at least, so that it can be seen.
    """
    kind = _kind(file.read(_BEGINNING))
    file.seek(0)
    try:
        with kind(file) as image:
            _require_few_pixels(image)
            pixels = image.width * image.height  # it is made smaller itself
            fit = _made_to_fit(image, size)
            is_smaller = fit.width * fit.height < pixels
            return _seen(fit, size, cell) if is_smaller else fit
    except (MemoryError, Refused):
        raise
    except Exception:
        # Over what is damaged a library raises whatever comes to it.
        raise Refused("damaged") from None


def _require_few_pixels(image: Image.Image) -> None:
    """Raise Refused for one that says of itself that it has too many."""
    if image.width * image.height > MOST_PIXELS:
        raise Refused("large")


def _kind(beginning: bytes) -> type[ImageFile.ImageFile]:
    """Return what reads a file that begins so; Refused. What its name says doesn't count."""
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImagePlugin.PngImageFile
    if beginning.startswith(b"\xff\xd8\xff"):
        return JpegImagePlugin.JpegImageFile
    if beginning.startswith((b"GIF87a", b"GIF89a")):
        return GifImagePlugin.GifImageFile
    if beginning.startswith(b"RIFF") and beginning.endswith(b"WEBP"):
        return WebPImagePlugin.WebPImageFile
    raise Refused("unknown")


def _made_to_fit(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    width, height = size
    if image.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE:
        width, height = height, width
    smaller = _plain(image)
    smaller.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    return ImageOps.exif_transpose(smaller).convert("RGBA")


def _seen(image: Image.Image, size: tuple[int, int], cell: tuple[int, int]) -> Image.Image:
    """Return a picture that is no thinner than a cell, as far as there is room."""
    of_each = zip((image.width, image.height), size, cell, strict=True)
    width, height = (max(has, min(most, least)) for has, most, least in of_each)
    return image.resize((width, height)) if (width, height) != image.size else image


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture that can be made smaller: with colours, 8 bits each."""
    if image.mode in _PLAIN:
        return image
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA")


if __name__ == "__main__":
    main()
