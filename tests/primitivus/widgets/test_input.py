"""The rows of the input and the place of its cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets import input
from primitivus.widgets.drawing.cells import width
from primitivus.widgets.input import lay_out

TEXTS = st.text(st.sampled_from("ab é日😀\t\n"), max_size=60)


def _as_drawn(text):
    return text.replace("\t", "    ")


@given(TEXTS, st.integers(4, 20), st.data())
def test_the_cursor_stands_behind_what_comes_before_it(text, columns, data):
    cursor = data.draw(st.integers(0, len(text)))
    laid = lay_out(text, cursor, columns, len(text) + 1)
    assert all(width(row) <= columns for row in laid.rows)
    text, cursor = _as_drawn(text), len(_as_drawn(text[:cursor]))
    assert "".join(laid.rows) == text.replace("\n", "")
    before = "".join(laid.rows[: laid.cursor_row])
    inside = laid.rows[laid.cursor_row]
    assert 0 <= laid.cursor_column <= columns
    typed = text[:cursor].replace("\n", "")
    assert typed.startswith(before)
    assert width(typed[len(before) :]) == laid.cursor_column
    assert inside.startswith(typed[len(before) :])


def test_a_full_row_stays_in_sight_with_the_cursor_behind_it():
    laid = lay_out("abcd", 4, 4, 1)
    assert (laid.rows, laid.cursor_column, laid.cursor_row) == (["abcd"], 4, 0)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("hello world", ["hello ", "world"]),
        ("one two three", ["one two ", "three"]),
        ("a verylongword b", ["a ", "verylong", "word b"]),
        ("exactly8 x", ["exactly8", " x"]),
        ("a exactly8", ["a ", "exactly8"]),
        ("a bcdefgh ", ["a ", "bcdefgh "]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("日本語日本", ["日本語日", "本"]),
        ("ab cd日本", ["ab cd日", "本"]),
        ("ab    cdefg", ["ab    ", "cdefg"]),
    ],
)
def test_words_stay_whole_where_they_fit(text, rows):
    assert lay_out(text, 0, 8, 9).rows == rows


@given(TEXTS, st.integers(4, 8), st.integers(1, 6), st.data())
def test_a_long_text_is_laid_out_in_parts_as_if_it_were_at_once(text, columns, most, data):
    cursor = data.draw(st.integers(0, len(text)))
    at_once = lay_out(text, cursor, columns, len(text) + 1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(input, "BLOCK", 5)
        assert lay_out(text, cursor, columns, len(text) + 1) == at_once
        few = lay_out(text, cursor, columns, most)
    assert few.rows == at_once.rows[few.top : few.top + most]
    assert few.top + few.cursor_row == at_once.cursor_row
    assert few.cursor_column == at_once.cursor_column
    assert few.top == max(0, at_once.cursor_row - most + 1)
