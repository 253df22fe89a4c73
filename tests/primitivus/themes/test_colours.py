"""The colours of people, against the vectors of XEP-0392."""

import hsluv
import pytest
import urwid
from hypothesis import given
from hypothesis import strategies as st

from primitivus.themes.colours import NickColours, fold, hue, hue_palette, nearest
from primitivus.themes.depth import MANY, MONO, SIXTEEN, TRUE
from primitivus.themes.rgb import contrast, from_hex, vga, xterm

VECTORS = [
    ("Romeo", 327.255249, (0.865, 0.000, 0.686), (1.0, 0.0, 0.8)),
    ("juliet@capulet.lit", 209.410400, (0.000, 0.515, 0.573), (0.0, 0.8, 1.0)),
    ("😺", 331.199341, (0.872, 0.000, 0.659), (1.0, 0.4, 0.8)),
    ("council", 359.994507, (0.918, 0.000, 0.394), (0.8, 0.2, 0.4)),
    ("Board", 171.430664, (0.000, 0.527, 0.457), (0.0, 1.0, 0.8)),
]
BACKGROUNDS = {"dark": (0.0, 0.0, 0.0), "light": (1.0, 1.0, 1.0)}


@pytest.mark.parametrize(("text", "angle", "full", "safe"), VECTORS)
def test_the_vectors_of_the_xep(text, angle, full, safe):
    assert hue(text) == pytest.approx(angle, abs=1e-6)
    assert hsluv.hsluv_to_rgb((hue(text), 100, 50)) == pytest.approx(full, abs=6e-4)
    levels = [step / 5 for step in range(6)]
    palette = hue_palette((r, g, b) for r in levels for g in levels for b in levels)
    assert nearest(hue(text), palette) == safe


@pytest.mark.parametrize("background", ["dark", "light"])
@pytest.mark.parametrize("depth", [TRUE, MANY])
@given(text=st.text())
def test_every_colour_can_be_read_on_its_background(background, depth, text):
    colour = NickColours(depth, background).colour(text)
    assert contrast(from_hex(colour), BACKGROUNDS[background]) >= 4.5


@pytest.mark.parametrize("background", ["dark", "light"])
def test_urwid_shows_a_colour_of_256_as_it_is(background):
    for number in range(200):
        colour = NickColours(MANY, background).colour(str(number))
        shown = urwid.AttrSpec(colour, "default", 256).get_rgb_values()[:3]
        assert "#" + "".join(f"{part:02x}" for part in shown) == colour


@pytest.mark.parametrize(("background", "many"), [("dark", 5), ("light", 3)])
def test_sixteen_colours_are_those_that_can_be_read_whoever_made_them(background, many):
    colours = {NickColours(SIXTEEN, background).colour(str(number)) for number in range(200)}
    assert len(colours) >= many
    for colour in colours:
        urwid.AttrSpec(colour, "default", 16)
        for named in (xterm(), vga()):
            assert contrast(named[colour], BACKGROUNDS[background]) >= 4.5


@pytest.mark.parametrize("depth", [TRUE, MANY, SIXTEEN])
def test_more_contrast_can_be_asked_for(depth):
    chosen = {NickColours(depth, least=7).colour(str(number)) for number in range(200)}
    assert len(chosen) >= 3
    for colour in chosen:
        rgb = from_hex(colour) if colour.startswith("#") else xterm()[colour]
        assert contrast(rgb, BACKGROUNDS["dark"]) >= 7


def test_the_same_name_has_the_same_colour():
    first, second = NickColours(TRUE), NickColours(TRUE)
    assert first.colour("mia@example.org") == second.colour("mia@example.org")
    assert first.colour("mia@example.org") != first.colour("bob@example.org")


def test_there_is_no_colour_without_colours_or_when_switched_off():
    assert NickColours(MONO).colour("mia@example.org") == ""
    assert NickColours(TRUE, enabled=False).colour("mia@example.org") == ""


def test_half_a_surrogate_pair_has_a_colour_too():
    assert NickColours(TRUE).colour("\ud800")


@given(st.floats(0, 359.99))
def test_colours_that_look_alike_are_folded_onto_one_half(angle):
    red_green = fold(angle, "red-green")
    assert red_green >= 270 or red_green < 90
    assert 0 <= fold(angle, "blue") < 180
    assert fold(angle, "normal") == angle


def test_the_colour_vision_changes_colours():
    assert NickColours(TRUE, vision="blue").colour("Romeo") != NickColours(TRUE).colour("Romeo")
