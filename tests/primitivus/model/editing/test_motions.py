"""Where the motions of vi go, and what operators do with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.editing.line import Line, snap
from primitivus.model.editing.motions import Motion, go, stretch

MOTIONS = Motion.__args__


def marked(text):
    """Return the line that a text means with `|` where the cursor is."""
    return Line(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    ("before", "motion", "times", "after"),
    [
        ("|one two", "word", 1, "one |two"),
        ("|one two three", "word", 2, "one two |three"),
        ("|foo.bar baz", "word", 1, "foo|.bar baz"),
        ("one |two", "word", 1, "one tw|o"),
        ("|one two", "word-end", 1, "on|e two"),
        ("on|e two", "word-end", 1, "one tw|o"),
        ("|foo.bar", "word-end", 3, "foo.ba|r"),
        ("one tw|o", "word-back", 1, "one |two"),
        ("foo.bar|", "word-back", 2, "foo|.bar"),
        ("  one| two", "line-text", 1, "  |one two"),
        ("one\n|two", "left", 1, "one\n|two"),
        ("|one\ntwo", "right", 5, "on|e\ntwo"),
        ("o|ne two", "line-end", 1, "one tw|o"),
        ("one\n|\ntwo", "line-end", 1, "one\n|\ntwo"),
        ("|日本 x", "word-end", 1, "日|本 x"),
    ],
)
def test_motions_go_where_they_go_in_vi(before, motion, times, after):
    line = marked(before)
    assert go(line, motion, times) == marked(after).cursor


@pytest.mark.parametrize(
    ("before", "motion", "times", "taken"),
    [
        ("|one two three", "word", 2, "one two "),
        ("one |two\nthree", "word", 1, "two"),
        ("|one two", "word-rest", 1, "one"),
        ("on|e two", "word-rest", 1, "e"),
        ("on|e two", "word-end", 1, "e two"),
        ("|one two three", "word-rest", 2, "one two"),
        ("one two|", "word-back", 1, "two"),
        ("one|", "right", 1, "e"),
        ("one\n|", "right", 1, ""),
        ("one t|wo", "line-end", 1, "wo"),
        ("a\nb|b\nc\nd", "line", 2, "bb\nc"),
    ],
)
def test_operators_take_what_they_take_in_vi(before, motion, times, taken):
    line = marked(before)
    part = stretch(line, motion, times)
    assert line.text[part.start : part.end] == taken


@given(
    st.text(st.sampled_from("ab._ \n日é👩\u200d👧\u0301\ufe0f"), max_size=30),
    st.integers(0, 30),
    st.sampled_from(MOTIONS),
    st.integers(1, 4),
)
def test_no_motion_leaves_the_text_or_stands_inside_a_character(text, cursor, motion, times):
    line = Line(text, snap(text, cursor))
    index = go(line, motion, times)
    assert 0 <= index <= len(text)
    part = stretch(line, motion, times)
    assert 0 <= part.start <= part.end <= len(text)
    assert [snap(text, each) for each in (index, part.start, part.end)] == [
        *(index, part.start, part.end)
    ]
