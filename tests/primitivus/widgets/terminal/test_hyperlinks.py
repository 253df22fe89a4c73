"""Hyperlinks (OSC 8): what terminals are told of, and which terminals."""

import pytest

from primitivus.widgets.terminal.hyperlinks import LONGEST, has_them, opening
from tests.lab.screen import Emulator
from tests.primitivus.widgets.terminal.meaning import fill, painter


def told(sequence):
    terminal = Emulator(1, 2)
    terminal.feed(sequence.encode())
    return terminal.cursor.attrs.link


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("https://example.org/a?b=c&d#e%20;f", "https://example.org/a?b=c&d#e%20;f"),
        ("https://example.org/ä/日", "https://example.org/%C3%A4/%E6%97%A5"),
        ("https://example.org/\x1b\\\x07\x9c\r\nx", "https://example.org/%1B\\%07%C2%9C%0D%0Ax"),
        ("https://example.org/\udcff \u202e", "https://example.org/?%20%E2%80%AE"),
    ],
)
def test_an_address_is_told_in_ascii_and_ends_no_sequence(address, encoded):
    assert told(opening(address))[1] == encoded


def test_an_address_has_one_id_and_others_have_others():
    one, other = opening("https://example.org/1"), opening("https://example.org/2")
    assert told(one)[0] == told(opening("https://example.org/1"))[0] != told(other)[0]


def test_an_address_that_terminals_find_too_long_is_none():
    address = "https://example.org/".ljust(LONGEST, "x")
    assert told(opening(address))[1] == address
    assert opening(address + "x") == ""


@pytest.mark.parametrize("term", ["linux", "dumb", "vt100"])
def test_a_terminal_that_would_print_them_is_told_none(term):
    assert not has_them(term, {})
    assert has_them("xterm-256color", {})


def test_gnu_screen_which_hands_none_on_is_told_none():
    assert not has_them("screen", {"STY": "1.pts-0.host"})


def test_a_frame_leaves_no_link_open_for_what_is_sent_between_frames():
    terminal, ours = Emulator(1, 10), painter()
    terminal.feed(ours.paint((10, 1), [fill([("web", "0123456789")], 10)], None).encode())
    assert terminal.buffer[0][9].link[1] == "https://example.org/one"
    assert terminal.cursor.attrs.link == ("", "")
