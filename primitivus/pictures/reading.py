"""Reading one picture, in a process that nobody need trust."""

import asyncio
import logging
import os
import re
import sys
from functools import partial
from pathlib import Path

from backendd.api import regular
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from primitivus.client.apart import apart
from primitivus.commands.asking.programs import Surroundings, output
from primitivus.commands.errors import CommandError
from primitivus.model.files.pictures import (
    FAILED,
    OTHER_FORMAT,
    Picture,
    Read,
    Refusal,
    Source,
    Wanted,
)
from primitivus.sentences import tr

log = logging.getLogger(__name__)

PROGRAM = (sys.executable, "-m", "primitivus.pictures.decoder")
PATIENCE_S = 30.0
# A disk that hangs keeps no other picture waiting for longer.
_DISK_S = 10.0

# Where Python finds the program, and nothing that somebody else has put there.
_DIRECTORY = str(Path(__file__).parents[2])
_LINE = re.compile(rb"(?:picture (\d{1,5}) (\d{1,5})|refused ([a-z]+))\n")
_REFUSED = {
    "unknown": OTHER_FORMAT,
    "large": tr("it has too many pixels"),
    "damaged": tr("it is damaged"),
}
_LONGEST_LINE = 64
_PIXELS, _BYTES_A_PIXEL = "rgba", 4
# Encodings may take more than the pixels themselves: at most twice as much, and their colours.
_MOST_A_PIXEL, _ON_TOP = 8, 1 << 16


async def read(
    wanted: Wanted, *, program: tuple[str, ...] = PROGRAM, patience_s: float = PATIENCE_S
) -> Read:
    """Return a picture within the size that is wanted, or why there is none."""
    try:
        async with asyncio.timeout(_DISK_S):
            file = await apart(partial(_opened, wanted.source))
        with file:
            written = await output(
                (*program, wanted.encoding, str(wanted.width), str(wanted.height)),
                most=_most(wanted),
                patience_s=patience_s,
                surroundings=Surroundings(file.fileno(), _DIRECTORY),
            )
    except TimeoutError:
        return Refusal(tr("the disk does not answer"))
    except FileNotFoundError:
        return Refusal(tr("it is no longer there"))
    except OSError as error:
        return Refusal(tr("it can't be read: {why}", why=error.strerror))
    except FileError:
        return Refusal(tr("it is no longer the file that it was"))
    except CommandError as error:
        log.warning("a picture was not read: %s", error)
        return FAILED
    return _believed(written, wanted)


def _most(wanted: Wanted) -> int:
    pixels = wanted.width * wanted.height
    if wanted.encoding == _PIXELS:
        return pixels * _BYTES_A_PIXEL + _LONGEST_LINE
    return pixels * _MOST_A_PIXEL + _ON_TOP


def _opened(source: Source) -> Descriptor:
    """Return the file if it is the one that is meant; OSError, FileError."""
    file = regular.opened(source.path, "it")
    if os.fstat(file.fileno()).st_size != source.size:
        file.close()
        raise FileError(tr("it has another size"))
    return file


def _believed(written: bytes, wanted: Wanted) -> Read:
    """Return what the program says, which somebody else may have said with it."""
    line = _LINE.match(written)
    if line is None:
        log.warning("what reads pictures answered something else")
        return FAILED
    width, height, word = line.groups()
    if word is not None:
        return Refusal(_REFUSED.get(word.decode(), FAILED.why))
    picture = Picture(int(width), int(height), written[line.end() :])
    return picture if _is_fit(picture, wanted) else FAILED


def _is_fit(picture: Picture, wanted: Wanted) -> bool:
    pixels = picture.width * picture.height
    is_whole = wanted.encoding != _PIXELS or len(picture.data) == pixels * _BYTES_A_PIXEL
    return 0 < picture.width <= wanted.width and 0 < picture.height <= wanted.height and is_whole
