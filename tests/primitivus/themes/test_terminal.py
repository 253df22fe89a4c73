"""What the terminal can show: how many colours, which symbols."""

import dataclasses

import pytest
from wcwidth import wcswidth

from primitivus.themes.depth import MANY, MONO, SIXTEEN, TRUE, colour_depth
from primitivus.themes.symbols import ASCII, UTF8, symbols_for


@pytest.mark.parametrize(
    ("setting", "environ", "depth"),
    [
        ("auto", {"TERM": "xterm-256color"}, MANY),
        ("auto", {"TERM": "tmux-256color"}, MANY),
        ("auto", {"TERM": "linux"}, SIXTEEN),
        ("auto", {"TERM": "xterm-direct"}, TRUE),
        ("auto", {"TERM": "vt100"}, MONO),
        ("auto", {}, SIXTEEN),
        ("auto", {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE),
        ("auto", {"TERM": "xterm-256color", "COLORTERM": "24bit"}, TRUE),
        ("auto", {"COLORTERM": "truecolor", "NO_COLOR": "1"}, MONO),
        ("auto", {"TERM": "xterm-256color", "NO_COLOR": ""}, MANY),
        ("256", {"NO_COLOR": "1"}, MANY),
        ("16", {"COLORTERM": "truecolor"}, SIXTEEN),
        ("mono", {"TERM": "xterm-256color"}, MONO),
        ("true", {"TERM": "linux"}, TRUE),
    ],
)
def test_the_setting_goes_before_the_environment(setting, environ, depth):
    assert colour_depth(setting, environ) == depth


@pytest.mark.parametrize(
    ("setting", "encoding", "symbols"),
    [
        ("auto", "UTF-8", UTF8),
        ("auto", "utf8", UTF8),
        ("auto", "ANSI_X3.4-1968", ASCII),
        ("auto", "ISO-8859-1", ASCII),
        ("ascii", "UTF-8", ASCII),
        ("utf-8", "ascii", UTF8),
    ],
)
def test_symbols_go_by_the_locale_unless_set(setting, encoding, symbols):
    assert symbols_for(setting, encoding) is symbols


@pytest.mark.parametrize(
    ("setting", "term", "symbols"),
    [
        ("auto", "linux", ASCII),
        ("auto", "linux-16color", ASCII),
        ("auto", "screen.linux", ASCII),
        ("auto", "xterm-256color", UTF8),
        ("auto", "tmux-256color", UTF8),
        ("utf-8", "linux", UTF8),
    ],
)
def test_the_linux_console_gets_what_its_fonts_have_unless_set(setting, term, symbols):
    assert symbols_for(setting, "UTF-8", term) is symbols


def test_the_ascii_symbols_are_ascii():
    assert all(text.isascii() for text in dataclasses.astuple(ASCII))


def test_no_symbol_is_drawn_wide():
    assert all(wcswidth(text) == len(text) for text in dataclasses.astuple(UTF8))
