"""What is typed over a text takes the place of as many characters, which come back."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.editing.line import Line, snap
from primitivus.model.editing.overtyping import overtyped, taken_back

TEXTS = st.text(st.sampled_from("ab \n日👩"), max_size=12)
TYPED = st.text(st.sampled_from("xy 語"), max_size=6)


@given(TEXTS, st.integers(0, 12), TYPED)
def test_what_was_typed_over_comes_back_character_by_character(text, cursor, typed):
    begun = Line(text, snap(text, cursor))
    line = begun
    for char in typed:
        line = overtyped(line, char)
    assert line == overtyped(begun, typed)
    for _ in typed:
        line = taken_back(begun, line)
    assert line == begun


def test_line_ends_stay():
    assert overtyped(Line("ab\ncd", 1), "XYZ") == Line("aXYZ\ncd", 4)


def test_before_where_it_began_the_cursor_only_moves():
    assert taken_back(Line("abc", 1), Line("abc", 1)) == Line("abc", 0)
    assert taken_back(Line("a\nbc", 2), Line("a\nbc", 2)) == Line("a\nbc", 2)


def test_where_the_cursor_was_moved_since_it_only_moves_on():
    assert taken_back(None, Line("Xbc", 2)) == Line("Xbc", 1)


def test_what_came_in_otherwise_is_deleted():
    assert taken_back(Line("abc", 0), Line("pasteabc", 5)) == Line("pastabc", 4)
    assert taken_back(Line("abc", 0), Line("X\nbc", 2)) == Line("Xbc", 1)
