"""Colours: who gets them, and that nothing is said by them alone."""

import re

import pytest

from jp.__main__ import main
from jp.output import styles
from jp.output.table import rows

RECORDS = [
    {"jid": "ann@example.org", "state": "failed", "unread": 0},
    {"jid": "bob@example.org", "state": "online", "unread": 3, "mentions": 1},
]
COLUMNS = ("jid", "state", "unread", "mentions", "text")


class _Terminal:
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("choice", "env", "is_terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": ""}, True, True),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_they_are_for_terminals_and_for_who_wants_them(
    choice, env, is_terminal, wanted, monkeypatch
):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(_Terminal, "isatty", lambda self: is_terminal)
    assert styles.are_wanted(choice, _Terminal()) is wanted


def test_a_table_says_the_same_without_them(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    plain = list(rows(RECORDS, COLUMNS, is_terminal=True))
    drawn = list(rows(RECORDS, COLUMNS, is_terminal=True, is_coloured=True))
    assert [re.sub(r"\x1b\[[0-9;]*m", "", each) for each in drawn] == plain
    assert "\x1b[1;31mfailed\x1b[m" in drawn[1]
    assert "\x1b[1monline\x1b[m" in drawn[2]
    assert "\x1b[1;35m1\x1b[m" in drawn[2]
    assert "\x1b" not in drawn[1].replace("\x1b[1;31mfailed\x1b[m", "")


@pytest.mark.parametrize("style", [styles.FAILED, styles.MENTION])
def test_what_is_coloured_can_be_read_on_black_and_on_white(style):
    # The colours of xterm, by WCAG 2.1.
    levels = {"1;31": (205, 0, 0), "1;35": (205, 0, 205)}[style]
    linear = [((each / 255 + 0.055) / 1.055) ** 2.4 if each else 0.0 for each in levels]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert (light + 0.05) / 0.05 >= 3.5
    assert 1.05 / (light + 0.05) >= 3.5


def test_another_word_is_wrong_usage(capsys):
    assert main(["profile", "list", "--color", "sometimes"]) == 2
    assert "not one of auto, always, never" in capsys.readouterr().err
    assert main(["--complete", "profile", "list", "--color", "al"]) == 0
    assert capsys.readouterr().out == "always\n"
