"""Shipped themes, the user's, and what is said of wrong ones."""

from pathlib import Path

import pytest
import urwid
from hypothesis import given
from hypothesis import strategies as st

from primitivus.themes.contrast import weak
from primitivus.themes.depth import MANY, MONO, SIXTEEN, TRUE
from primitivus.themes.load import SHIPPED, load_theme, theme_names
from primitivus.themes.looks import BASIC
from primitivus.themes.rgb import from_hex, nearest_of_256, of_256
from primitivus.themes.styles import STYLES
from primitivus.themes.theme import WORDS


def load(tmp_path, text, name="own"):
    (tmp_path / f"{name}.toml").write_text(text)
    theme, problems = load_theme(name, tmp_path)
    assert all(p.path == tmp_path / f"{name}.toml" for p in problems)
    return theme, [(p.line, p.sentence) for p in problems]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_has_all_styles_in_words_that_urwid_knows(name, tmp_path):
    theme, problems = load_theme(name, tmp_path)
    assert problems == []
    assert [entry.name for entry in theme.palette()] == list(STYLES)
    for entry in theme.palette():
        urwid.AttrSpec(entry.foreground, entry.background, 16)
        urwid.AttrSpec(entry.mono or "default", "default", 1)
    for depth in (MANY, TRUE):
        for entry in theme.palette(depth):
            high = entry.foreground_high or entry.foreground
            urwid.AttrSpec(high, entry.background_high or entry.background, depth)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_coloured_themes_define_every_style_themselves(name, tmp_path):
    theme, _ = load_theme(name, tmp_path)
    plain = {"default", "message.body", "message.body.own", "input", "list", "popup", "field.label"}
    looks = {style: look for style, look in theme.styles.items() if style not in plain}
    assert all(look.fg != "default" or look.bg != "default" or look.mono for look in looks.values())


@pytest.mark.parametrize(
    "style", ["message.body", "message.body.own", "message.nick.own", "message.strong", "input"]
)
def test_texts_can_be_read_on_a_background_that_the_default_theme_is_not_made_for(style, tmp_path):
    theme, _ = load_theme("dark", tmp_path)
    look = theme.styles[style]
    assert look.fg.split(",")[0] == look.bg == "default"
    assert not look.high_fg
    assert not look.high_bg


def test_the_mono_theme_has_no_colours(tmp_path):
    theme, _ = load_theme("mono", tmp_path)
    for entry in theme.palette():
        words = entry.foreground.split(",")
        assert set(words) <= {"default", *WORDS}
        assert (entry.background, entry.foreground_high) == ("default", None)
    assert theme.most == MONO


def test_urwid_knows_all_words_a_theme_may_use():
    for colour in BASIC:
        urwid.AttrSpec(colour, "default", 16)
    for word in WORDS:
        urwid.AttrSpec(f"default,{word}", "default", 16)


def test_a_theme_looks_as_its_base_where_it_says_nothing(tmp_path):
    text = 'base = "light"\n[styles]\n"bar" = { fg = "yellow,bold", high_fg = "#ffcc00" }\n'
    theme, problems = load(tmp_path, text)
    light, _ = load_theme("light", tmp_path)
    assert problems == []
    assert theme.styles["bar"].high_fg == "#ffcc00"
    assert theme.styles["status"] == light.styles["status"]
    assert theme.background == "light"


def test_a_theme_of_a_shipped_name_goes_before_it(tmp_path):
    theme, _ = load(tmp_path, '[styles]\n"bar" = { fg = "yellow" }\n', "light")
    assert theme.styles["bar"].fg == "yellow"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[styles]\n"bra" = {}', 2, 'unknown style "bra"; did you mean "bar"?'),
        (
            '[styles]\n"bar" = { colour = "red" }',
            2,
            '"bar": a style has no "colour"; it has fg, bg, mono, high_fg, high_bg',
        ),
        ('[styles]\n"bar" = { fg = 3 }', 2, '"bar": fg has to be a text in quotes'),
        ('[styles]\n"bar" = "red"', 2, '"bar": a style has to be a table, like { fg = "yellow" }'),
        ('[styles]\n"bar" = { fg = "yellow,white" }', 2, '"bar": fg has two colours'),
        (
            '[styles]\n"bar" = { mono = "red" }',
            2,
            '"bar": mono: "red" isn\'t one of bold, underline, standout, italics, blink,'
            " strikethrough",
        ),
        ("styles = 3", 1, "styles has to be a table: [styles]"),
        ("colour = true", 1, 'unknown key "colour"; did you mean "colours"?'),
        ('colours = "no"', 1, "colours has to be true, false or 16"),
        ("colours = 256", 1, "colours has to be true, false or 16"),
        ('symbols = "runes"', 1, 'symbols has to be "ascii", or left out'),
        ("contrast = 0", 1, "contrast has to be a number from 1 to 21"),
        ("contrast = true", 1, "contrast has to be a number from 1 to 21"),
        ('background = "grey"', 1, "background has to be dark or light"),
        ('base = "lihgt"', 1, 'unknown base "lihgt"; did you mean "light"?'),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_works(tmp_path, text, line, sentence):
    theme, problems = load(tmp_path, text)
    default, _ = load_theme("dark", tmp_path)
    ((found_line, found),) = problems
    assert found_line == line
    assert found.startswith(sentence)
    assert theme.styles == default.styles


def test_a_theme_that_is_no_toml_is_left_out_whole(tmp_path):
    theme, ((line, sentence),) = load(tmp_path, '[styles]\n"bar" = {\n')
    default, _ = load_theme("dark", tmp_path)
    assert line == 2
    assert sentence.startswith("the file is left out: this isn't valid TOML")
    assert theme.styles == default.styles


def test_a_theme_that_is_nowhere_gives_the_default_one(tmp_path):
    theme, (problem,) = load_theme("lihgt", tmp_path)
    assert theme.name == "dark"
    assert problem.sentence == 'unknown theme "lihgt"; did you mean "light"? (dark is used)'


def test_all_themes_are_known_by_name(tmp_path):
    (tmp_path / "dusk.toml").touch()
    assert theme_names(tmp_path) == (*SHIPPED, "dusk")


def test_the_dark_theme_is_known_by_what_it_was_called_before(tmp_path):
    theme, problems = load_theme("default", tmp_path)
    assert (theme.name, problems) == ("dark", [])
    based, problems = load(tmp_path, 'base = "default"\n')
    assert (based.styles, problems) == (theme.styles, [])
    own, _ = load(tmp_path, '[styles]\n"bar" = { fg = "yellow" }\n', "dark")
    assert load_theme("default", tmp_path)[0] == own


def test_a_theme_may_do_with_the_sixteen_colours_of_the_terminal(tmp_path):
    theme, _ = load(tmp_path, 'base = "light"\ncolours = 16\n')
    light, _ = load_theme("light", tmp_path)
    assert theme.most == SIXTEEN
    for entry, other in zip(theme.palette(), light.palette(), strict=True):
        assert entry == other._replace(foreground_high=None, background_high=None)


def test_a_theme_may_say_what_it_is_drawn_with(tmp_path):
    theme, _ = load(tmp_path, 'symbols = "ascii"\n')
    assert theme.symbols == load_theme("ascii", tmp_path)[0].symbols == "ascii"
    assert load_theme("dark", tmp_path)[0].symbols == ""


def test_what_is_behind_everything_is_behind_each_style_that_has_nothing_of_its_own(tmp_path):
    text = '[styles]\n"default" = { fg = "white", bg = "black", high_bg = "#101010" }\n'
    theme, _ = load(tmp_path, text)
    dark, _ = load_theme("dark", tmp_path)
    drawn = {entry.name: entry for entry in theme.palette()}
    assert drawn["message.body"][4:] == ("white", "#101010")
    assert drawn["message.time"].foreground == dark.styles["message.time"].fg
    assert drawn["message.time"].background_high == "#101010"
    assert drawn["message.strong"].foreground == "white,bold"
    assert drawn["bar"] == next(entry for entry in dark.palette() if entry.name == "bar")
    assert theme.on(theme.styles["hint"], "popup").high_bg == dark.styles["popup"].high_bg


def test_the_theme_that_is_shown_in_the_documentation_is_a_right_one(tmp_path):
    page = (Path(__file__).parents[3] / "docs" / "themes.md").read_text()
    text = page.partition("```toml\n")[2].partition("```")[0]
    theme, problems = load(tmp_path, text)
    assert problems == list(weak(theme)) == []
    assert theme.styles["bar"] != load_theme("dark", tmp_path)[0].styles["bar"]


@given(number=st.integers(0, (1 << 24) - 1))
def test_of_256_colours_the_nearest_is_taken(number):
    written = f"#{number:06x}"
    wanted = from_hex(written)
    distances = {
        each: sum((a - b) ** 2 for a, b in zip(of_256(each), wanted, strict=True))
        for each in range(16, 256)
    }
    assert distances[nearest_of_256(written)] == pytest.approx(min(distances.values()))


def test_the_cube_of_256_colours_is_the_one_that_urwid_shows():
    for number in range(16, 232):
        shown = urwid.AttrSpec(f"h{number}", "default", 256).get_rgb_values()[:3]
        assert tuple(round(part * 255) for part in of_256(number)) == shown
