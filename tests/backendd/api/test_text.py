"""Text from outside can't deceive a terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from backendd.api import text

NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs"]),
        st.sampled_from("\r\n\t\u2028"),
    )
)
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(NASTY)
def test_nothing_that_controls_is_left(nasty):
    cleaned = text.clean(nasty)
    assert not BIDI & set(cleaned)
    assert all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in cleaned)
    assert text.clean(cleaned) == cleaned
    cleaned.encode()


@given(NASTY, st.integers(0, 20))
def test_no_more_is_left_than_allowed(nasty, limit):
    assert len(text.clean(nasty, limit=limit)) <= limit


@given(NASTY)
def test_one_line_is_one_line(nasty):
    line = text.clean_line(nasty)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_harmless_text_stays_as_it_is(harmless):
    assert text.clean(harmless) == harmless


def test_every_line_end_is_one_newline():
    assert text.clean("a\r\nb\rc\u2028d\u2029e\nf") == "a\nb\nc\nd\ne\nf"
