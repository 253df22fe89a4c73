"""What shipped themes draw can be read, wherever they draw it, on any terminal (WCAG 2.1)."""

import pytest

from primitivus.themes.contrast import LINES, drawn, terminals, weak
from primitivus.themes.depth import MANY, SIXTEEN, TRUE
from primitivus.themes.load import SHIPPED, load_theme
from primitivus.themes.looks import BASIC
from primitivus.themes.rgb import contrast, from_hex, vga, xterm
from primitivus.themes.styles import STYLES
from primitivus.themes.theme import Style

BRIGHT = BASIC[9:]


@pytest.mark.parametrize("name", SHIPPED)
def test_all_that_a_shipped_theme_draws_can_be_read_on_all_terminals(name, tmp_path):
    theme, _ = load_theme(name, tmp_path)
    assert list(weak(theme)) == []


def test_one_has_more_contrast_for_those_who_need_it(tmp_path):
    assert load_theme("high-contrast", tmp_path)[0].contrast >= 7


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_measured_as_the_w3c_does(first, second, ratio):
    assert contrast(from_hex(first), from_hex(second)) == pytest.approx(ratio, abs=0.01)
    assert contrast(from_hex(second), from_hex(first)) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("name", SHIPPED)
def test_where_there_are_but_eight_colours_nothing_vanishes(name, tmp_path):
    """Bright ones are bold there, and behind text blinking; bold black is black on some."""
    theme, _ = load_theme(name, tmp_path)
    for style, look in theme.styles.items():
        assert look.bg not in BRIGHT, style
        assert look.fg.split(",")[0] != "dark gray", style


def test_it_is_all_measured_that_can_be_drawn(tmp_path):
    theme, _ = load_theme("dark", tmp_path)
    names = [name for name, _ in drawn(theme, TRUE)]
    assert set(STYLES) < set(names)
    assert {"hint on popup", "message.error on popup"} < set(names)
    assert sum(name.startswith("nick ") for name in names) > 300
    assert {terminal.depth for terminal in terminals()} == {TRUE, MANY, SIXTEEN}
    assert {*xterm()} == {*vga()} == {*BASIC} - {"default"}


@pytest.mark.parametrize(
    ("changes", "style", "terminal"),
    [
        ({"high_fg": "#555555"}, "message.time", "true colours"),
        ({"fg": "dark gray"}, "message.time", "the 16 colours of VGA"),
        # Bold black is dark grey on many terminals.
        ({"fg": "black,bold", "bg": "light gray"}, "list.selected", "the 16 colours of xterm"),
        ({"high_fg": "#303030"}, "pane.border", "256 colours"),
    ],
)
def test_what_is_hard_to_read_is_found(changes, style, terminal, tmp_path):
    lines = ", ".join(f'{key} = "{value}"' for key, value in changes.items())
    (tmp_path / "own.toml").write_text(f'[styles]\n"{style}" = {{ {lines} }}\n')
    theme, problems = load_theme("own", tmp_path)
    assert problems == []
    found = [each for each in weak(theme) if each.style == style]
    assert terminal in [each.terminal for each in found]
    least = 3 if style in LINES else 4.5
    assert all(each.contrast < each.least == least for each in found)


def test_what_lies_on_something_has_its_colours_where_it_has_none():
    popup = Style("light gray", "black", "", "#d0d0d0", "#1c232c")
    assert Style().over(popup) == popup
    assert Style("yellow,bold", mono="bold").over(popup) == Style(
        "yellow,bold", "black", "bold", "yellow,bold", "#1c232c"
    )
    assert Style("default,bold").over(popup).high_fg == "#d0d0d0,bold"
    own = Style("white", "dark red", "", "#ffffff", "#8a2b2b")
    assert own.over(popup) == own
