"""Pictures out of half blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.files.pictures import Picture
from primitivus.themes.depth import MANY, SIXTEEN, TRUE
from primitivus.widgets.drawing.cells import row_width
from primitivus.widgets.pictures.blocks import Blocks
from primitivus.widgets.terminal.style import Style

WHITE, BLACK, RED, CLEAR = (
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\xff",
    b"\xff\x00\x00\xff",
    b"\xff\xff\xff\x00",
)


def rows(*lines, depth=TRUE):
    """Return the rows of a picture, given by its lines of pixels."""
    width = len(lines[0])
    return Blocks(depth).rows(Picture(width, len(lines), b"".join(map(b"".join, lines))))


def test_a_cell_is_a_pixel_above_another():
    assert rows([WHITE], [RED]) == (((Style("38;2;255;255;255", "48;2;255;0;0"), "▀"),),)


def test_what_is_of_one_colour_is_no_sign_and_can_be_copied_as_blanks():
    assert rows([RED] * 3, [RED] * 3) == (((Style("39", "48;2;255;0;0"), "   "),),)


def test_the_background_of_the_terminal_shows_through_what_is_transparent():
    assert rows([CLEAR, WHITE, CLEAR], [CLEAR, CLEAR, WHITE]) == (
        (
            (Style("39", "49"), " "),
            (Style("38;2;255;255;255", "49"), "▀"),
            (Style("38;2;255;255;255", "49"), "▄"),
        ),
    )


def test_below_an_odd_line_is_nothing():
    assert rows([WHITE], [WHITE], [WHITE])[1] == ((Style("38;2;255;255;255", "49"), "▀"),)


@pytest.mark.parametrize(
    ("depth", "style"),
    [
        (TRUE, Style("38;2;255;255;255", "48;2;0;0;0")),
        (MANY, Style("38;5;231", "48;5;16")),
        (SIXTEEN, Style("97", "40")),
    ],
)
def test_colours_are_those_that_the_terminal_has(depth, style):
    assert rows([WHITE], [BLACK], depth=depth) == (((style, "▀"),),)


@pytest.mark.parametrize(
    ("pixel", "number"),
    [
        (b"\x80\x80\x80\xff", 244),
        (b"\xff\x00\x00\xff", 196),
        (b"\x00\x5f\x87\xff", 24),
        (b"\x09\x08\x08\xff", 232),
        (b"\xee\xee\xee\xff", 255),
    ],
)
def test_of_256_colours_the_nearest_is_taken(pixel, number):
    assert rows([pixel], [pixel], depth=MANY) == (((Style("39", f"48;5;{number}"), " "),),)


@given(data=st.data(), width=st.integers(1, 9), height=st.integers(1, 9))
def test_a_picture_is_as_wide_as_its_pixels_and_half_as_high(data, width, height):
    size = width * height * 4
    picture = Picture(width, height, data.draw(st.binary(min_size=size, max_size=size)))
    for depth in (TRUE, MANY, SIXTEEN):
        drawn = Blocks(depth).rows(picture)
        assert len(drawn) == (height + 1) // 2
        assert {row_width(row) for row in drawn} == {width}
