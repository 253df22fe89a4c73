"""Pictures as they are sent, and as they are not."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

Colour = tuple[int, int, int]

RED, BLUE = (200, 0, 0), (0, 0, 200)


def two_halves(
    width: int = 40, height: int = 20, upper: Colour = RED, lower: Colour = BLUE
) -> Image.Image:
    """Return a picture that is of one colour above and of another below."""
    image = Image.new("RGB", (width, height), upper)
    image.paste(lower, (0, height // 2, width, height))
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file has it."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG that says it is of this size, with whatever it has in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
