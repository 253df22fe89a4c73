"""Readline's operations on words: letters made large or small, words swapped, blanks deleted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.editing.editor import Editor
from primitivus.model.editing.words import capitalized, lowered, raised, swapped, without_blanks


def after(how, text, cursor=0):
    """Return the text with a bar where the cursor is."""
    editor = Editor()
    editor.reset(text)
    editor.move_to(cursor)
    edit = how(editor.line)
    if edit is not None:
        editor.cut(*edit)
    return f"{editor.text[: editor.cursor]}|{editor.text[editor.cursor :]}"


@pytest.mark.parametrize(
    ("how", "text", "cursor", "made"),
    [
        (raised, "one two", 0, "ONE| two"),
        (raised, "one two", 1, "oNE| two"),
        (raised, "one two", 3, "one TWO|"),
        (raised, "one ", 3, "one |"),
        (raised, "straße x", 0, "STRASSE| x"),
        (lowered, "ONE TWO", 0, "one| TWO"),
        (capitalized, "ONE two", 0, "One| two"),
        (capitalized, "one two", 3, "one Two|"),
        (capitalized, "élan", 0, "Élan|"),
        (swapped, "one two three", 5, "two one| three"),
        (swapped, "one two three", 3, "two one| three"),
        (swapped, "one two three", 13, "one three two|"),
        (swapped, "one, (two)", 10, "two, (one|)"),
        (swapped, "one", 3, "one|"),
        (swapped, "", 0, "|"),
        (without_blanks, "one  \t two", 5, "one|two"),
        (without_blanks, "one\n two", 5, "one\n|two"),
        (without_blanks, "one", 1, "o|ne"),
    ],
)
def test_what_becomes_of_words(how, text, cursor, made):
    assert after(how, text, cursor) == made


@given(st.text("ab é👍🏽\n,\u0301", max_size=12), st.integers(0, 12))
def test_swapping_words_loses_nothing(text, cursor):
    editor = Editor()
    editor.reset(text)
    made = after(swapped, text, cursor)
    assert sorted(made) == sorted([*editor.text, "|"])
