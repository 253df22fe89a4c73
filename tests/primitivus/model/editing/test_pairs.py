"""What stands between brackets or quotes, and which bracket belongs to which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.editing.line import Line, snap
from primitivus.model.editing.pairs import enclosed, partner


def marked(text):
    """Return the line that a text means with `|` where the cursor is."""
    return Line(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    ("text", "char", "times", "inside", "whole"),
    [
        ('say "o|ne" now', '"', 1, "one", '"one" '),
        ('|say "one"', '"', 1, "one", ' "one"'),
        ('"one|" and "two"', '"', 1, "one", '"one" '),
        ('"one" a|nd "two"', '"', 1, " and ", '" and "'),
        (r'"a \"| b"', '"', 1, r"a \" b", r'"a \" b"'),
        ("f(a, |g(b))", "(", 1, "a, g(b)", "(a, g(b))"),
        ("f(a, g|(b))", ")", 1, "b", "(b)"),
        ("f(a, g(b|))", "b", 1, "b", "(b)"),
        ("f(a, g(b|))", "b", 2, "a, g(b)", "(a, g(b))"),
        ("a| [b] [c]", "[", 1, "b", "[b]"),
        ("{\n  a|\n}", "{", 1, "  a", "{\n  a\n}"),
        ("{|\n}", "B", 1, "", "{\n}"),
        ("<日本|語>", "<", 1, "日本語", "<日本語>"),
    ],
)
def test_it_is_what_it_is_in_vi(text, char, times, inside, whole):
    line = marked(text)
    for is_whole, taken in ((False, inside), (True, whole)):
        part = enclosed(line, char, times, is_whole=is_whole)
        assert line.text[part.start : part.end] == taken


@pytest.mark.parametrize(
    ("text", "char", "times"),
    [
        ("on|e", "(", 1),
        ('on|e "two', '"', 1),
        ("a\n|b (", "(", 1),
        ("(a|)", "(", 2),
        ("'a|\n'", "'", 1),
    ],
)
def test_where_nothing_is_around_there_is_nothing(text, char, times):
    assert enclosed(marked(text), char, times) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|f(a[1])", "f(a[1]|)"),
        ("f(a[1]|)", "f|(a[1])"),
        ("{\n|a}", "|{\na}"),
        ("on|e\n(two)", "on|e\n(two)"),
        ("|(one", "|(one"),
    ],
)
def test_a_bracket_has_its_partner(before, after):
    assert partner(marked(before)) == marked(after).cursor


@given(
    st.text(st.sampled_from("ab ()[]{}<>\"'\\\né\u0301"), max_size=30),
    st.integers(0, 30),
    st.sampled_from("\"'([{<bB"),
    st.integers(1, 3),
    st.booleans(),
)
def test_it_is_a_part_of_the_text(text, cursor, char, times, is_whole):
    part = enclosed(Line(text, snap(text, cursor)), char, times, is_whole=is_whole)
    assert part is None or 0 <= part.start <= part.end <= len(text)
