"""Whatever is typed ends in an exit code and a sentence, never in a traceback."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jp import groups
from jp.__main__ import main
from jp.options import COMMON

COMMANDS = groups.every()
# What is likely to be taken for something else, and anything at all.
_TRICKY = [
    "-",
    "--",
    "-1",
    "0",
    "1",
    "-p",
    "-h",
    "yes",
    "no",
    "@",
    "@@",
    "--input=/dev/null",
    "a@b",
    "xmpp:",
    "xmpp:a@b?join",
    "xmpp://x",
    "{}",
    "[]",
    "null",
    "1e999",
    "1d",
    "=",
    "a=b",
    "Messages.Send",
    "Messages",
    "Files.",
    "..",
    "/",
    "/dev/null",
    "true",
    "�",
    "\x00",
    "\x1b[m",
    "now",
]
WORDS = st.one_of(
    st.sampled_from([*_TRICKY, "", " ", "9" * 30, *COMMON, *groups.GROUPS]), st.text(max_size=12)
)
PATIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Have no bus: what could be understood ends with that."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
    monkeypatch.chdir(tmp_path)
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        yield


@st.composite
def _lines(draw):
    """Yield a command with words that may be its arguments and options."""
    command = draw(st.sampled_from(COMMANDS))
    options = [*command.options, *(f"{each}=" for each in command.options), "--json"]
    words = draw(st.lists(st.one_of(WORDS, st.sampled_from(options)), max_size=7))
    return [*command.words.split(), *words]


def _ends_well(words):
    code = main(words)
    assert code in (0, 1, 2, 4), words
    return code


@settings(max_examples=400, suppress_health_check=PATIENT)
@given(_lines())
def test_each_command_with_any_words(capsys, words):
    _ends_well(words)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err


@settings(max_examples=100, suppress_health_check=PATIENT)
@given(st.lists(WORDS, max_size=5))
def test_any_words(capsys, words):
    _ends_well(words)
    assert "Traceback" not in capsys.readouterr().err


@settings(max_examples=100, suppress_health_check=PATIENT)
@given(_lines())
def test_completing_any_words(capsys, words):
    assert main(["--complete", *words]) == 0
    assert "\x1b" not in capsys.readouterr().out
