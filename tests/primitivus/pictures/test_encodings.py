"""What pictures are written as, read by another hand."""

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from primitivus.pictures.encodings import kitty, rgba, sixel
from tests.lab.pictures import BLUE, RED, two_halves
from tests.lab.sixels import pixels_of


def per_cent(pixel):
    return tuple(round(level * 100 / 255) for level in pixel[:3])


def whole(image, height, colours=256):
    lines = sixel(image, height, colours).split(b"\n")
    assert len(lines) == -(-image.height // height)
    found = {}
    for number, line in enumerate(lines):
        for (x, y), colour in pixels_of(line).items():
            assert y < height
            found[x, y + number * height] = colour
    return found


def meant(image):
    places = [(x, y) for x in range(image.width) for y in range(image.height)]
    pixels = {place: image.getpixel(place) for place in places}
    return {place: per_cent(pixel) for place, pixel in pixels.items() if pixel[3] > 127}


FEW = st.sampled_from([(200, 0, 0, 255), (0, 0, 200, 255), (9, 90, 9, 255), (0, 0, 0, 0)])


@st.composite
def pictures(draw):
    width, height = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    image = Image.new("RGBA", (width, height))
    image.putdata(draw(st.lists(FEW, min_size=width * height, max_size=width * height)))
    return image


@given(picture=pictures(), height=st.integers(1, 25))
def test_sixels_are_the_pixels_of_a_picture_in_strips_as_high_as_a_cell(picture, height):
    assert whole(picture, height) == meant(picture)


def test_a_picture_of_many_colours_gets_as_many_as_the_terminal_has():
    image = Image.radial_gradient("L").resize((64, 64)).convert("RGBA")
    for colours in (16, 256):
        numbers = set(re.findall(rb"#(\d+);2", sixel(image, 20, colours)))
        assert 8 < len(numbers) < colours
        assert set(whole(image, 20, colours)) == set(meant(image))


def test_what_is_alike_is_written_as_a_number():
    image = two_halves(400, 40).convert("RGBA")
    assert len(sixel(image, 20, 256)) < 200


@pytest.mark.parametrize(("width", "height"), [(10, 20), (7, 13)])
def test_what_kitty_gets_fills_whole_cells(width, height):
    image = two_halves(40, 20).convert("RGBA")
    columns, rows = -(-40 // width), -(-20 // height)
    pixels = zlib.decompress(kitty(image, width, height))
    shown = Image.frombytes("RGBA", (columns * width, rows * height), pixels)
    assert shown.getpixel((39, 0)) == (*RED, 255)
    assert shown.getpixel((39, 19)) == (*BLUE, 255)
    assert shown.crop((0, 0, 40, 20)).tobytes() == rgba(image)
    assert columns * width == 40 or shown.getpixel((40, 0)) == (0, 0, 0, 0)
