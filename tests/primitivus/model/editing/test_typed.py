"""What was typed at one place is typed once more at another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.editing.editor import Editor
from primitivus.model.editing.line import Line
from primitivus.model.editing.typed import Typed, type_again, typed_between

TYPED = st.one_of(
    st.tuples(st.just("insert"), st.text("ab é\u0301👨‍👩\n", min_size=1)),
    st.tuples(st.sampled_from(["backspace", "delete", "kill_word", "kill_word_back"])),
)


def at(text, cursor):
    made = Editor()
    made.reset(text)
    made.move_to(cursor)
    return made


@pytest.mark.parametrize(
    ("before", "after", "typed"),
    [
        (Line("ab", 1), Line("aXb", 2), Typed("X")),
        (Line("aXb", 1), Line("aXXb", 2), Typed("X")),
        (Line("abc", 2), Line("aXc", 2), Typed("X", back=1)),
        (Line("abbc", 1), Line("abc", 1), Typed(ahead=1)),
        (Line("e", 1), Line("e\u0301", 2), Typed("\u0301")),
        (Line("e\u0301", 2), Line("e", 1), Typed("e", back=1)),
        (Line("ab", 1), Line("ab", 1), Typed()),
        # What is left makes one character of two.
        (Line("👨\u200da👨", 2), Line("👨\u200d👨", 3), Typed("👨", ahead=2)),
    ],
)
def test_it_is_the_text_and_what_made_way_for_it(before, after, typed):
    assert typed_between(before, after) == typed


@given(st.text("ab é\u0301👨‍👩\n"), st.integers(0, 20), st.lists(TYPED, max_size=8))
def test_typed_at_the_same_place_it_makes_the_same_text(text, cursor, steps):
    editor = at(text, cursor)
    before = editor.line
    for name, *arguments in steps:
        getattr(editor, name)(*arguments)
    again = at(before.text, before.cursor)
    type_again(again, typed_between(before, editor.line))
    assert again.text == editor.text
