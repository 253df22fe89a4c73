"""Words: what is typed is found as people write it, in any script, and nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import words
from backendd.core.words import Term
from tests.lab.hostile import steps


def cut(text):
    return [word.text for word in words.cut(text)]


def found(text, query):
    """Return the parts of `text` that `query` finds, None if a term of it is missing."""
    terms = words.parse(query)
    if any(not words.find(text, (term,)) for term in terms):
        return None
    return [text[start:end] for start, end in words.find(text, terms)]


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("Have you seen this?", "SEEN you", ["you", "seen"]),
        ("Café au lait", "cafe", ["Café"]),
        ("cafe\u0301s", "CAFÉS", ["cafe\u0301s"]),
        ("Straße", "strasse", ["Straße"]),
        ("\u039d\u03b1\u03af", "\u03bd\u03b1\u03b9", ["\u039d\u03b1\u03af"]),
        ("\uff26\uff35\uff2c\uff2c width", "full", ["\uff26\uff35\uff2c\uff2c"]),
        ("I write c++ and C#", "c++", ["c++"]),
        ("I write c++ and C#", "c#", ["C#"]),
        ("cheers 🍺!", "🍺", ["🍺"]),
        ("我在北京工作", "北京", ["北京"]),
        ("สวัสดีครับ", "สวัสดี", ["สวัสดี"]),
        ("학교에서", "학교", ["학교"]),
        ("snowflake", "snow*", ["snowflake"]),
        ("snow flake", '"snow fl*"', ["snow flake"]),
        ("see example.org/a-b", "example.org/a-b", ["example.org/a-b"]),
        ("don't", "don't", ["don't"]),
        ("a b a b c", '"a b c"', ["a b c"]),
        ("call snake_case()", "snake", ["snake"]),
        ("call snake_case()", "case", ["case"]),
        ("call snake_case()", "snake_case", ["snake_case"]),
        ("call snake_case()", "snake_c*", ["snake_case"]),
        ("an _emphasised_ word", "emphasised", ["emphasised"]),
        ("__init__.py", "init", ["init"]),
        ("größe_in_mm", "grosse", ["größe"]),
        ("größe_in_mm", "größe_in_mm", ["größe_in_mm"]),
        ("か゛", "か゛", ["か゛"]),
        ("ﬁ ß № 🍺c++日 Cafe\u0301", "cafe 日", ["日", "Cafe\u0301"]),
        ("哈哈哈", "哈哈", ["哈哈哈"]),
        ("a b c", '"a b" "b c"', ["a b c"]),
    ],
)  # fmt: skip
def test_what_is_typed_is_found_as_people_write_it(text, query, parts):
    assert found(text, query) == parts


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("snowflake", "snow"),
        ("I write c", "c++"),
        ("flake snow", '"snow flake"'),
        ("京北", "北京"),
        ("one", "one two"),
    ],
)
def test_what_is_not_there_is_not_found(text, query):
    assert found(text, query) is None


@pytest.mark.parametrize("query", ["", "   ", '""', "*", '"', ".,;", "\u200b", '"*"'])
def test_a_query_without_words_asks_for_nothing(query):
    assert words.parse(query) == ()


def test_an_open_quote_goes_to_the_end_and_what_repeats_counts_once():
    assert words.parse('a "b c') == (Term(("a",)), Term(("b", "c")))
    assert words.parse("a A a*") == (Term(("a",)), Term(("a",), is_prefix=True))


def test_what_is_no_word_for_its_length_is_found_by_its_beginning():
    blob = "x" * 10_000
    assert cut(blob) == ["x" * words.LONGEST]
    assert found(blob, blob) == [blob]


@given(st.text())
def test_any_text_is_cut_into_words_that_lie_in_order(text):
    end = 0
    for word in words.cut(text):
        assert word.start >= end
        assert word.end > word.start
        assert word.text
        assert not any(char.isspace() or char == '"' for char in word.text)
        end = word.end


@given(st.text())
def test_the_words_that_are_indexed_are_those_that_are_found(text):
    assert words.indexed(text) == " ".join(cut(text))


@given(st.text("ab_ *\u65e5\u00e9"), st.text('ab_ *"\u65e5\u00e9'))
def test_a_text_has_all_terms_where_each_is_found_in_it(text, query):
    terms = words.parse(query)
    assert words.has_all(text, terms) == all(words.find(text, (term,)) for term in terms)


@given(st.text(), st.text(), st.text())
def test_any_text_is_found_in_whatever_stands_around_it(before, text, after):
    if words.parse(f'"{text.replace(chr(34), " ")}"'):
        assert found(f"{before} {text} {after}", f'"{text.replace(chr(34), " ")}"')


@given(st.text())
def test_no_query_is_an_error(query):
    for term in words.parse(query):
        assert term.words


def test_a_word_is_found_in_as_many_steps_wherever_it_stands():
    terms = words.parse("needle")
    near, far = (f"{'straw ' * count} needle" for count in (100, 10_000))
    words.find(far, terms)  # what is made once, of the terms and of each character
    assert steps(lambda: words.find(far, terms)) < 2 * steps(lambda: words.find(near, terms))


def test_what_is_far_behind_the_first_that_was_found_can_be_left_out():
    text = "tea and tea and more of it and tea"
    assert words.find(text, words.parse("tea"), within=10) == [(0, 3), (8, 11)]
    assert words.find(text, words.parse("tea mo*"), within=16) == [(0, 3), (8, 11), (16, 20)]
    assert words.find(text, words.parse('"and more of"'), within=1) == [(12, 23)]
    assert words.find("日" * 5_000, words.parse("日"), within=2) == [(0, 1), (1, 2), (2, 3)]


@given(st.text("ab *\u65e5\u00e9\u0301\u00df"), st.text('ab *"\u65e5\u00e9'), st.integers(0, 9))
def test_what_is_left_out_is_only_what_is_far_behind(text, query, within):
    terms = words.parse(query)
    starts = [start for start, _ in words.find(text, terms)]
    near = [start for start in starts if start <= starts[0] + within]
    assert [start for start, _ in words.find(text, terms, within=within)] == near
