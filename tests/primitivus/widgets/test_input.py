"""The rows of the input and the place of its cursor."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.cells import width
from primitivus.widgets.input import lay_out

TEXTS = st.text(st.sampled_from("ab é日😀\n"), max_size=60)


@given(TEXTS, st.integers(4, 20), st.data())
def test_the_cursor_stands_behind_what_comes_before_it(text, columns, data):
    cursor = data.draw(st.integers(0, len(text)))
    laid = lay_out(text, cursor, columns)
    assert all(width(row) <= columns for row in laid.rows)
    assert "".join(laid.rows) == text.replace("\n", "")
    before = "".join(laid.rows[: laid.cursor_row])
    inside = laid.rows[laid.cursor_row]
    assert 0 <= laid.cursor_column <= columns
    typed = text[:cursor].replace("\n", "")
    assert typed.startswith(before)
    assert width(typed[len(before) :]) == laid.cursor_column
    assert inside.startswith(typed[len(before) :])


def test_a_full_row_gives_the_cursor_a_new_one():
    laid = lay_out("abcd", 4, 4)
    assert (laid.rows, laid.cursor_column, laid.cursor_row) == (["abcd", ""], 0, 1)
