"""The theme that suits the terminal's background."""

import pytest

from primitivus.themes.background import background_of, theme_for, told_background


@pytest.mark.parametrize(
    ("colour", "background"),
    [
        ("rgb:ffff/ffff/ffff", "light"),
        ("rgb:fdfd/f6f6/e3e3", "light"),
        ("rgb:ff/ff/dd", "light"),
        ("rgb:f/f/f", "light"),
        ("#eeeeee", "light"),
        ("rgb:0000/0000/0000", "dark"),
        ("rgb:0000/2b2b/3636", "dark"),
        ("rgba:1e1e/1e1e/2e2e/dddd", "dark"),
        ("rgb:0000/0000/ffff", "dark"),
        ("white", None),
        ("", None),
    ],
)
def test_a_colour_is_a_dark_or_a_light_background(colour, background):
    assert background_of(colour) == background


@pytest.mark.parametrize(
    ("told", "background"),
    [
        ("0;15", "light"),
        ("0;default;7", "light"),
        ("15;0", "dark"),
        ("7;8", "dark"),
        ("default;default", None),
        ("", None),
    ],
)
def test_colorfgbg_is_heard(told, background):
    assert told_background({"COLORFGBG": told}) == background


def test_only_auto_goes_by_the_background():
    assert theme_for("auto", "light") == "light"
    assert theme_for("auto", "dark") == "dark"
    assert theme_for("auto", None) == "dark"
    assert theme_for("mono", "light") == "mono"
