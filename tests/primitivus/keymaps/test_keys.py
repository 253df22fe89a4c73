"""How keys are written, and what urwid calls them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from primitivus.keymaps.keys import (
    NAMED,
    is_printable,
    key_notation,
    known_as,
    notation,
    parse_key,
    parse_keys,
    plain,
    split_meta,
)

MODIFIERS = st.sampled_from(["", "C-", "M-", "C-M-"])
LETTERS = st.characters(categories=["L", "N", "P", "S"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("x", "x"),
        ("G", "G"),
        ("é", "é"),
        ("C-x", "ctrl x"),
        ("C-X", "ctrl x"),
        ("M-x", "meta x"),
        ("M-X", "meta X"),
        ("M-1", "meta 1"),
        ("C-M-x", "meta ctrl x"),
        ("M-C-x", "meta ctrl x"),
        ("S-Tab", "shift tab"),
        ("C-Up", "ctrl up"),
        ("S-M-Up", "shift meta up"),
        ("PageUp", "page up"),
        ("pageup", "page up"),
        ("C-PageDown", "ctrl page down"),
        ("F12", "f12"),
        ("Space", " "),
        ("-", "-"),
        ("C--", "ctrl -"),
        ("M--", "meta -"),
        ("C-_", "ctrl _"),
        ("M-Backspace", "meta backspace"),
    ],
)
def test_a_key_has_urwids_name(written, name):
    assert parse_key(written) == name


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("C-i", "Tab"),
        ("C-m", "Enter"),
        ("C-h", "Backspace"),
        ("C-[", "Esc"),
        ("C-@", "C-Space"),
        ("M-C-h", "M-Backspace"),
        ("C-/", "C-_"),
    ],
)
def test_keys_that_a_terminal_can_not_tell_apart_are_the_same(written, same):
    assert parse_key(written) == parse_key(same)


def test_enter_and_ctrl_j_are_two_keys():
    assert parse_key("C-j") == "ctrl j"
    assert parse_key("Enter") == "enter"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("ctrl i", "tab"),
        ("ctrl m", "enter"),
        ("ctrl A", "ctrl a"),
        ("meta ctrl H", "meta backspace"),
        ("ctrl  ", "<0>"),
        ("shift enter", "shift enter"),
        ("shift ctrl up", "shift ctrl up"),
    ],
)
def test_a_key_told_precisely_is_the_one_that_keymaps_know(told, name):
    assert known_as(told) == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("shift backspace", "backspace"),
        ("ctrl enter", "enter"),
        ("shift meta enter", "meta enter"),
        ("shift tab", "shift tab"),
        ("ctrl tab", "tab"),
        ("shift ctrl tab", "shift tab"),
        ("shift  ", " "),
        ("shift up", "shift up"),
        ("ctrl x", "ctrl x"),
    ],
)
def test_a_key_is_plainly_what_most_terminals_send(told, name):
    assert plain(told) == name


@pytest.mark.parametrize("written", ["", "C-", "Foo", "C-Foo", "F0", "F99", "xy", "\x1b", "S-"])
def test_what_is_no_key_is_refused(written):
    with pytest.raises(ValueError, match="isn't a key"):
        parse_key(written)


def test_shift_and_a_letter_is_written_as_the_letter():
    with pytest.raises(ValueError, match="is written G, without S-"):
        parse_key("S-g")


def test_a_sequence_is_written_with_spaces():
    assert parse_keys("C-f  b") == ("ctrl f", "b")
    assert notation(("ctrl f", "b")) == "C-f b"
    with pytest.raises(ValueError, match="isn't a key"):
        parse_keys(" ")


@example("C-", "İ")
@given(MODIFIERS, st.one_of(LETTERS, st.sampled_from(sorted(NAMED))))
def test_a_key_is_read_back_as_it_was_written(modifiers, key):
    name = parse_key(modifiers + key)
    assert parse_key(key_notation(name)) == name


def test_notation_puts_control_before_meta_before_shift():
    assert key_notation("shift meta ctrl up") == "C-M-S-Up"
    assert key_notation("<0>") == "C-Space"
    assert key_notation(" ") == "Space"
    assert key_notation("page up") == "PageUp"


def test_only_single_characters_are_printable():
    assert all(is_printable(key) for key in ("a", " ", "é", "日"))
    assert not any(is_printable(key) for key in ("enter", "ctrl a", "\x00", "", "<0>", "f1"))


def test_a_meta_key_splits_into_esc_and_the_key():
    assert split_meta("meta x") == ("esc", "x")
    assert split_meta("shift meta up") == ("esc", "shift up")
    assert split_meta("meta ctrl x") == ("esc", "ctrl x")
    assert split_meta("x") == ("x",)


@pytest.mark.parametrize("written", ["Any", "Any g", "g Any g"])
def test_any_key_stands_only_behind_others(written):
    with pytest.raises(ValueError, match="elsewhere than behind"):
        parse_keys(written)
