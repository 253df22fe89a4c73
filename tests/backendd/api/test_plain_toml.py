"""Plain TOML is read as tomllib reads it, and whatever else is left to that."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import primitivus
from backendd.api import plain_toml

SHIPPED = sorted(Path(primitivus.__file__).parent.glob("*/*.toml"))

PLAIN = """\
# a comment, of = and "quotes" and [brackets]
name = "first" # and a comment
on = true
off = false
number = 700
bare-key_2 = "Ä"

[styles]
"C-x" = "quit"
"[" = "previous"
"M-\\\\" = "\\\\\\\\"
"" = ""
"bar" = { fg = "white,bold", bg = "dark blue" }
"default" = {}

[normal.messages]
"j" = "down"
[normal]
"i" = "mode insert"
"""

NOT_PLAIN = (
    "[a]\n[a]", "a = 1\na = 2", "a = 1\n[a]", "a = {}\n[a]", "[a.b]\n[a]\nb = 1",
    "[a]\nb = {}\n[a.b]", "a.b = 1", "a = 01", "a = 1_000", "a = 1.5", "a = 2026-11-26", "a = [1]",
    "[[a]]", "a = 'x'", '"""', 'a = """\nx"""', 'a = "\\n"', '"\\n" = 1', 'a = "x" y', 'a = "x',
    "a", "a =", "= 1", "a = ", "a = {b = 1}", 'a = { b = "x", }', 'a = { b = "x" b = "y" }',
    'a = { b = "1", b = "2" }', "a = {", "[a", "[a.]", "[]", "[ a ]", "a = 1\r\nb = 2", "a\t= 1",
    "a = 1 # \x00", "\ufeffa = 1", "é = 1", '"a" = "\\\\\\"', 'a = "\\"', 'a"b" = 1', '"a"b" = 1',
    '" = 1', "a = \u0661", f"a = {'9' * 5000}",
)  # fmt: skip

PIECES = (
    *(
        "a",
        "b",
        "a.b",
        '"a"',
        '""',
        '"a b"',
        " = ",
        "=",
        " ",
        "\n",
        "\n",
        "\n",
        "[a]",
        "[b]",
        "[a.b]",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "{}",
        '{ a = "x" }',
        '{ a = "x", b = "#" }',
        ", ",
        "#",
        "# c",
        "true",
        "false",
    ),
    *("0", "7", "-1", "1.5", "'x'", '"x"', '"\\t"', "\\", "\\\\", '"', "\t", "\r\n", "é", "\x7f"),
)


def as_tomllib_has_it(text):
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def test_what_is_plain_is_read_as_tomllib_reads_it():
    assert plain_toml.read(PLAIN) == tomllib.loads(PLAIN)
    assert list(plain_toml.read(PLAIN)) == list(tomllib.loads(PLAIN))


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_is_more_than_plain_or_wrong_is_left_to_tomllib(text):
    assert plain_toml.read(text) is None


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_read_is_what_tomllib_would_have_read(text):
    read = plain_toml.read(text)
    assert read is None or read == as_tomllib_has_it(text)


@given(st.text(max_size=6), st.text(max_size=6))
def test_whatever_stands_in_keys_and_values_is_as_tomllib_has_it(key, value):
    text = f'"{key}" = "{value}"'
    read = plain_toml.read(text)
    assert read is None or read == as_tomllib_has_it(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_is_plain(path):
    text = path.read_text(encoding="utf-8")
    assert plain_toml.read(text) == tomllib.loads(text)
