"""The shortest way from one style to another ends in the right one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urwid import AttrSpec

from primitivus.widgets.terminal.hyperlinks import CLOSE, opening
from primitivus.widgets.terminal.style import PLAIN, Style, change, from_attributes, on_spaces
from tests.lab.screen import Emulator

styles = st.builds(
    Style,
    foreground=st.sampled_from(["39", "31", "92", "38;5;200", "38;2;1;2;3"]),
    background=st.sampled_from(["49", "44", "100", "48;5;17", "48;2;3;2;1"]),
    settings=st.sets(st.sampled_from("134579")).map(lambda s: tuple(sorted(s))),
    link=st.just(""),
)


def after(sequence: str):
    terminal = Emulator(1, 1)
    terminal.feed(sequence.encode())
    return terminal.cursor.attrs


@given(old=styles, new=styles)
def test_a_change_ends_in_the_new_style(old, new):
    assert after(change(None, old) + change(old, new)) == after(change(None, new))


@given(old=styles, new=styles)
def test_a_change_is_never_longer_than_starting_over(old, new):
    assert len(change(old, new)) <= len(change(None, new))


def test_only_what_differs_is_sent():
    bold_red = Style(foreground="31", settings=("1",))
    assert change(bold_red, Style(foreground="32", settings=("1",))) == "\x1b[32m"
    assert change(bold_red, bold_red) == ""
    assert change(bold_red, PLAIN) == "\x1b[m"


def test_bold_survives_the_end_of_faint():
    both, bold = Style("38;5;200", "48;5;17", ("1", "2")), Style("38;5;200", "48;5;17", ("1",))
    assert change(both, bold) == "\x1b[22;1m"


def test_a_space_shows_background_and_lines_only():
    assert on_spaces(Style("31", "44", ("1", "3"))) == Style(background="44")
    assert on_spaces(Style("31", "49", ("4",))) == Style("31", "49", ("4",))


@pytest.mark.parametrize(
    ("spec", "style"),
    [
        (AttrSpec("default", "default"), Style()),
        (AttrSpec("dark red", "light gray"), Style("31", "47")),
        (AttrSpec("yellow,bold", "dark blue"), Style("93", "44", ("1",))),
        (AttrSpec("#f80", "#006", 256), Style("38;5;208", "48;5;17")),
        (AttrSpec("#010203", "#fffefd", 2**24), Style("38;2;1;2;3", "48;2;255;254;253")),
    ],
)
def test_urwid_attributes_become_styles(spec, style):
    ours = from_attributes(spec, bright_is_bold=False, bright_is_blink=False)
    assert ours == style


def test_a_console_of_eight_colours_draws_bright_as_bold_and_blink():
    spec = AttrSpec("yellow", "light blue")
    ours = from_attributes(spec, bright_is_bold=True, bright_is_blink=True)
    assert ours == Style("33", "44", ("1", "5"))


def test_only_a_link_is_sent_where_only_that_differs():
    link = opening("https://example.org/")
    bold, linked = Style(settings=("1",)), Style(settings=("1",), link=link)
    assert change(bold, linked) == link
    assert change(linked, bold) == CLOSE
