"""What the terminal can show: how many colours, which symbols."""

import dataclasses
import subprocess

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
        ("auto", {"TERM": "xterm-kitty"}, TRUE),
        ("auto", {"TERM": "foot"}, TRUE),
        ("auto", {"TERM": "foot-extra"}, TRUE),
        ("auto", {"TERM": "alacritty"}, TRUE),
        ("auto", {"TERM": "wezterm"}, TRUE),
        ("auto", {"TERM": "xterm-ghostty"}, TRUE),
        ("auto", {"TERM": "screen"}, SIXTEEN),
        ("auto", {"TERM": "ansi"}, SIXTEEN),
        ("auto", {"TERM": "unknown"}, SIXTEEN),
        ("auto", {"TERM": "../../../etc/passwd"}, SIXTEEN),
        ("auto", {"TERM": "vt220"}, MONO),
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
    ("says", "depth"),
    [
        ("colors#8", SIXTEEN),
        ("colors#256", MANY),
        ("colors#0x1000000", TRUE),
        ("colors#256, RGB", TRUE),
        ("colors#256, Tc", TRUE),
        ("colors#256, AX, XT, Tc, Ss=\\E[%p1%d q", TRUE),
        ("am", SIXTEEN),
    ],
)
def test_a_terminal_has_the_colours_that_its_description_has(tmp_path, says, depth):
    (tmp_path / "source").write_text(f"strange|a strange terminal,\n\tcols#80, {says},\n")
    subprocess.run(["tic", "-x", "-o", tmp_path / "made", tmp_path / "source"], check=True)
    for place in ({"TERMINFO": f"{tmp_path}/made"}, {"TERMINFO_DIRS": f"/none:{tmp_path}/made"}):
        assert colour_depth("auto", {"TERM": "strange", **place}) == depth


@pytest.mark.parametrize("content", [b"", b"\x1a\x01", b"\x1a\x01" + bytes(9), b"not one at all"])
def test_a_description_that_is_none_is_left_out(tmp_path, content):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "strange").write_bytes(content)
    environ = {"TERM": "strange", "TERMINFO": str(tmp_path)}
    assert colour_depth("auto", environ) == SIXTEEN


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
