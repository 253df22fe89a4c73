"""Reading pictures, in the real process, and what strangers may have put into them."""

import os
import signal
import sys
import zlib

import pytest
from PIL import Image

from primitivus.model.files.pictures import Picture, Refusal, Source, Wanted
from primitivus.pictures.reading import read
from tests.lab.pictures import BLUE, RED, encoded, png, two_halves

UNKNOWN = Refusal("this is no PNG, JPEG, GIF or WebP")
FAILED = Refusal("what was to read it failed")


@pytest.fixture
def wanted(tmp_path):
    """Call it with what is in a file, for how it is wanted."""

    def make(content, *, width=60, height=24, size=None):
        path = tmp_path / "picture"
        path.write_bytes(content)
        source = Source(str(path), len(content) if size is None else size)
        return Wanted(source, width, height, "rgba")

    return make


def pixel(picture, x, y):
    place = (y * picture.width + x) * 4
    return tuple(picture.data[place : place + 4])


def is_like(pixel, colour):
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=False))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_a_picture_comes_as_pixels_that_fit_in_the_room_there_is(wanted, kind):
    picture = await read(wanted(encoded(two_halves(400, 200), kind)))
    assert (picture.width, picture.height) == (48, 24)
    assert len(picture.data) == 48 * 24 * 4
    assert is_like(pixel(picture, 20, 2), RED)
    assert is_like(pixel(picture, 20, 20), BLUE)


async def test_a_picture_that_is_smaller_than_its_room_is_not_made_larger(wanted):
    picture = await read(wanted(encoded(two_halves(6, 4))))
    assert (picture.width, picture.height) == (6, 4)


@pytest.mark.parametrize(
    ("encoding", "cell"), [("rgba", (1, 2)), ("kitty:10:20", (10, 20)), ("sixel:20:256", (10, 20))]
)
async def test_a_picture_that_is_made_very_thin_still_fills_a_cell(wanted, encoding, cell):
    for width, height in ((3, 9000), (9000, 3)):
        thin = encoded(two_halves(width, height))
        picture = await read(wanted(thin, width=780, height=400)._replace(encoding=encoding))
        assert (picture.width, picture.height) == (
            (cell[0], 400) if height > width else (780, cell[1])
        )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_however_colours_are_kept_they_are_seen(wanted, mode):
    image = two_halves(upper=(255, 255, 255), lower=(0, 0, 0))
    if mode == "I;16":
        image = Image.frombytes(mode, (40, 20), b"\x00\xfe" * 400 + b"\x01\x01" * 400)
    else:
        image = image.convert(mode)
    picture = await read(wanted(encoded(image)))
    assert is_like(pixel(picture, 5, 2), (255, 255, 255, 255))
    assert is_like(pixel(picture, 5, 18), (0, 0, 0, 255))


async def test_a_picture_for_print_is_seen_in_its_colours(wanted):
    picture = await read(wanted(encoded(two_halves().convert("CMYK"), "JPEG")))
    assert is_like(pixel(picture, 5, 2), RED)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_stands_as_the_camera_was_held(wanted, kind):
    held = Image.Exif()
    held[0x0112] = 6
    picture = await read(wanted(encoded(two_halves(200, 100), kind, exif=held)))
    assert (picture.width, picture.height) == (12, 24)
    assert is_like(pixel(picture, 10, 12), RED)
    assert is_like(pixel(picture, 1, 12), BLUE)


async def test_of_what_moves_the_first_picture_is_shown(wanted):
    red, blue = two_halves(lower=RED), two_halves(upper=BLUE)
    for kind in ("GIF", "WEBP", "PNG"):
        moving = encoded(red, kind, save_all=True, append_images=[blue])
        assert is_like(pixel(await read(wanted(moving)), 5, 15), RED)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
async def test_what_is_transparent_stays_so(wanted, kind):
    image = two_halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 40, 10))
    picture = await read(wanted(encoded(image, kind)))
    assert pixel(picture, 5, 2)[3] == 0
    assert pixel(picture, 5, 18)[3] == 255


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        encoded(two_halves(), "BMP"),
        encoded(two_halves(), "TIFF"),
        encoded(two_halves(), "PPM"),
    ],
    ids=["empty", "text", "svg", "eps", "bmp", "tiff", "ppm"],
)
async def test_what_is_none_of_the_kinds_that_are_shown_is_refused_whatever_it_is_called(
    wanted, content
):
    assert await read(wanted(content)) == UNKNOWN


@pytest.mark.parametrize(
    "content",
    [
        encoded(two_halves(400, 300))[:200],
        encoded(two_halves(400, 300), "JPEG")[:40],
        encoded(two_halves(400, 300), "WEBP")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 500,
        b"GIF89a" + b"\x00" * 40,
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        png(10, 10, b"not deflated"),
        png(0, 0),
    ],
    ids=["png", "jpeg", "webp", "no png", "no gif", "no webp", "no pixels", "no size"],
)
async def test_a_damaged_picture_is_refused(wanted, content):
    assert await read(wanted(content)) == Refusal("it is damaged")


@pytest.mark.parametrize(
    ("width", "height"), [(60_000, 60_000), (50_000_001, 1), (2**31 - 1, 2**31 - 1)]
)
async def test_a_picture_of_too_many_pixels_is_refused_before_they_are_read(wanted, width, height):
    assert await read(wanted(png(width, height))) == Refusal("it has too many pixels")


async def test_what_expands_to_more_than_its_picture_has_is_no_more_than_that(wanted):
    bomb = zlib.compress(bytes(300 * 1024 * 1024), 9)
    picture = await read(wanted(png(64, 64, bomb)))
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (24, 24)


async def test_what_would_take_more_memory_than_it_may_is_refused(wanted):
    # Of what moves a whole picture is held from the beginning, as large as it says it is.
    frames = {"save_all": True, "append_images": [two_halves(16, 16)]}
    small = encoded(Image.new("RGBA", (16, 16)), "WEBP", **frames)
    place = small.index(b"VP8X") + len("VP8X") + 8
    largest = (2**14 - 1).to_bytes(3, "little") * 2
    content = small[:place] + largest + small[place + len(largest) :]
    assert isinstance(await read(wanted(content)), Refusal)


async def test_a_file_that_is_gone_or_another_one_is_told(wanted, tmp_path):
    sought = wanted(encoded(two_halves()), size=5)
    assert await read(sought) == Refusal("it is no longer the file that it was")
    os.unlink(sought.source.path)
    assert await read(sought) == Refusal("it is no longer there")
    os.mkfifo(sought.source.path)
    assert await read(sought) == Refusal("it is no longer the file that it was")


async def test_a_file_that_may_not_be_read_is_told(wanted):
    loop = wanted(b"")
    os.unlink(loop.source.path)
    os.symlink(loop.source.path, loop.source.path)
    assert (await read(loop)).why.startswith("it can't be read: ")


def program(text):
    """Return a program that does something else than the real one."""
    return sys.executable, "-c", text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "raise SystemExit(3)",
        f"import os; os.kill(os.getpid(), {signal.SIGSEGV:d})",
        "print('picture 61 24')",
        "print('picture 0 24')",
        "print('picture -1 24')",
        "print('refused \\x1b[2J')",
        "print('x' * 100)",
        "import sys; sys.stdout.write('picture 60 24\\n' + 'x' * 60 * 24 * 4 + 'x' * 100)",
        "import sys; sys.stdout.write('picture 60 24\\n' + 'x' * 100)",
        "while True: print('picture 60 24')",
    ],
)
async def test_what_reads_a_picture_is_believed_nothing_but_that(wanted, text):
    assert await read(wanted(encoded(two_halves())), program=program(text)) == FAILED


async def test_what_reads_a_picture_for_too_long_is_ended(wanted, tmp_path):
    begun = tmp_path / "begun"
    text = f"import os, time; open({str(begun)!r}, 'w').write(str(os.getpid())); time.sleep(1000)"
    for patience_s in (0.5, 4, 32):  # until it has begun before it is ended
        assert await read(wanted(b"x"), program=program(text), patience_s=patience_s) == FAILED
        if begun.exists() and begun.read_text():
            break
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)
