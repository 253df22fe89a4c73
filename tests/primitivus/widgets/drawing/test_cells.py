"""Text measured in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.drawing.cells import (
    clip,
    clusters,
    cut,
    fill,
    fit,
    printable,
    row_width,
    single_line,
    splice,
    width,
    without_middle,
)
from tests.lab.hostile import PIECES, body, steps

LETTERS = st.sampled_from("ab -é日本😀👍🏽\u0301\u200d\U0001f1e9\U0001f1eaﬁ")
TEXTS = st.text(LETTERS, max_size=40).map(printable)
ROWS = st.lists(st.tuples(st.sampled_from(["one", "two"]), TEXTS), max_size=5).map(tuple)


@given(TEXTS)
def test_the_clusters_of_a_text_are_the_whole_text(text):
    assert "".join(cluster for cluster, _ in clusters(text)) == text


@given(TEXTS, st.integers(0, 30))
def test_what_is_fitted_takes_exactly_its_columns(text, columns):
    assert width(fit(text, columns)) == columns


@given(TEXTS, st.integers(0, 30))
def test_what_is_clipped_is_never_too_wide(text, columns):
    assert width(clip(text, columns)) <= columns


@given(TEXTS, st.integers(1, 30))
def test_what_is_cut_in_the_middle_is_never_too_wide_and_keeps_its_begin_and_end(text, columns):
    cut_short = without_middle(text, columns)
    assert width(cut_short) <= columns
    head, cut_out, tail = cut_short.partition("…")
    assert cut_short == text or (cut_out and text.startswith(head))
    assert not tail.strip() or text.endswith(tail.lstrip())


@given(ROWS, st.integers(0, 80))
def test_a_filled_row_takes_exactly_its_columns(row, columns):
    assert row_width(fill(row, columns)) == columns


@given(ROWS, st.integers(0, 30), st.integers(0, 30))
def test_a_cut_takes_what_is_there_of_its_columns(row, start, length):
    there = max(0, min(row_width(row), start + length) - start)
    assert row_width(cut(row, start, start + length)) == there


@given(ROWS, st.integers(0, 30), TEXTS)
def test_an_inlay_moves_nothing_beside_it(row, start, text):
    columns = 80
    spliced = splice(fill(row, columns), start, (("inlay", text),))
    assert row_width(spliced) == max(columns, start + width(text))


def test_a_wide_character_cut_in_two_leaves_a_blank():
    assert cut((("a", "日本"),), 1, 4) == (("a", " 本"),)
    assert cut((("a", "日本"),), 0, 3) == (("a", "日 "),)


def test_nothing_that_a_terminal_obeys_is_printable():
    assert printable("a\x1b[31m\x07\x9b\u202e\tb\nc") == "a[31m    b\nc"


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_clipping_costs_what_shows_however_long_the_text_is(piece):
    short, long = (single_line(body(piece, length)) for length in (500, 3000))
    once = steps(lambda: clip(short, 10))
    assert steps(lambda: clip(long, 10)) <= 1.1 * once + 10


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_status_is_measured_once_however_often_it_is_drawn(piece):
    status = body(piece, 1000)

    def draw():
        return fit(single_line(status), 20)

    assert width(draw()) == 20
    assert steps(draw) < 60
