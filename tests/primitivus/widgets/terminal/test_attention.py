"""Calls for attention say what they should and nothing else."""

from dataclasses import dataclass, field

import pytest

from primitivus.widgets.terminal.attention import Attention


@dataclass
class Recorder:
    term: str = "xterm-256color"
    queued: list[str] = field(default_factory=list)
    titles: list[str | None] = field(default_factory=list)

    def queue(self, sequence):
        self.queued.append(sequence)

    def set_title(self, title):
        self.titles.append(title)


def test_the_bell_is_one_byte():
    terminal = Recorder()
    Attention(terminal, {}).ring()
    assert terminal.queued == ["\x07"]


def test_a_notification_is_one_clean_sequence():
    terminal = Recorder()
    Attention(terminal, {}).notify("bob\x1b]0;x\x07", "a\nb\u202e\x9c👩\u200d👧")
    assert terminal.queued == ["\x1b]9;bob]0;x: a b👩\u200d👧\x07"]


def test_text_is_not_taken_for_a_command():
    terminal = Recorder()
    Attention(terminal, {}).notify("4;1;50")
    assert terminal.queued == ["\x1b]9; 4;1;50\x07"]


def test_rxvt_gets_its_own_sequence():
    terminal = Recorder("rxvt-unicode-256color")
    Attention(terminal, {}).notify("a;b", "c;d")
    assert terminal.queued == ["\x1b]777;notify;a,b;c;d\x07"]


def test_what_is_in_a_window_of_another_terminal_tells_that_one():
    terminal = Recorder("tmux-256color")
    Attention(terminal, {"TMUX": "/run/tmux"}).notify("tea")
    Attention(terminal, {"STY": "1.screen"}).notify("tea")
    assert terminal.queued == [
        "\x1bPtmux;\x1b\x1b]9;tea\x07\x1b\\",
        "\x1bP\x1b]9;tea\x07\x1b\\",
    ]


@pytest.mark.parametrize("term", ["linux", "dumb", "vt220"])
def test_a_terminal_that_would_print_it_gets_nothing(term):
    terminal = Recorder(term)
    Attention(terminal, {}).notify("hello")
    assert terminal.queued == []


def test_a_title_is_set_when_it_changes():
    terminal = Recorder()
    attention = Attention(terminal, {})
    for text in ("(3)\x07 primitivus", "(3) primitivus", None, None):
        attention.show_title(text)
    assert terminal.titles == ["(3) primitivus", None]


def test_long_texts_are_cut():
    terminal = Recorder()
    Attention(terminal, {}).notify("x" * 10_000, "y" * 10_000)
    assert len(terminal.queued[0]) < 400
