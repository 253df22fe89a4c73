"""Shipped themes, the user's, and what is said of wrong ones."""

import pytest
import urwid

from primitivus.themes.load import SHIPPED, load_theme, theme_names
from primitivus.themes.looks import BASIC, WORDS
from primitivus.themes.styles import STYLES


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
        for depth in (256, 1 << 24):
            high = entry.foreground_high or entry.foreground
            urwid.AttrSpec(high, entry.background_high or entry.background, depth)


@pytest.mark.parametrize("name", ["default", "light"])
def test_the_coloured_themes_define_every_style_themselves(name, tmp_path):
    theme, _ = load_theme(name, tmp_path)
    plain = {"default", "message.body", "message.body.own", "input", "list", "popup"}
    looks = {style: look for style, look in theme.styles.items() if style not in plain}
    assert all(look.fg != "default" or look.bg != "default" or look.mono for look in looks.values())


@pytest.mark.parametrize(
    "style", ["message.body", "message.body.own", "message.nick.own", "message.strong", "input"]
)
def test_texts_can_be_read_on_a_background_that_the_default_theme_is_not_made_for(style, tmp_path):
    theme, _ = load_theme("default", tmp_path)
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
    assert not theme.has_colours


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
        ('colours = "no"', 1, "colours has to be true or false"),
        ('background = "grey"', 1, "background has to be dark or light"),
        ('base = "lihgt"', 1, 'unknown base "lihgt"; did you mean "light"?'),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_works(tmp_path, text, line, sentence):
    theme, problems = load(tmp_path, text)
    default, _ = load_theme("default", tmp_path)
    ((found_line, found),) = problems
    assert found_line == line
    assert found.startswith(sentence)
    assert theme.styles == default.styles


def test_a_theme_that_is_no_toml_is_left_out_whole(tmp_path):
    theme, ((line, sentence),) = load(tmp_path, '[styles]\n"bar" = {\n')
    default, _ = load_theme("default", tmp_path)
    assert line == 2
    assert sentence.startswith("the file is left out: this isn't valid TOML")
    assert theme.styles == default.styles


def test_a_theme_that_is_nowhere_gives_the_default_one(tmp_path):
    theme, (problem,) = load_theme("lihgt", tmp_path)
    assert theme.name == "default"
    assert problem.sentence == 'unknown theme "lihgt"; did you mean "light"? (default is used)'


def test_all_themes_are_known_by_name(tmp_path):
    (tmp_path / "dusk.toml").touch()
    assert theme_names(tmp_path) == ("default", "light", "mono", "dusk")
