"""How well letters fit a name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from primitivus.model.search.fuzzy import cost, fit, fold, rank

NAMES = st.text(st.sampled_from("abAB éÉ-_.@1ßİ語"), max_size=14)
LETTERS = st.text(st.sampled_from("abé1語"), min_size=1, max_size=5)


def test_the_beginning_of_a_word_fits_best_then_beginnings_of_words_then_what_is_inside():
    names = ["mxia", "admin", "mary in", "anna mills", "milan", "mi"]
    assert rank("mi", ((each, each) for each in reversed(names))) == names[::-1]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("jr", "Jane Roe"), ("jaro", "Jane Roe"), ("jd", "Jane van Dyke"), ("nexun", "next-unread")],
)
def test_words_are_found_by_what_they_begin_with(typed, name):
    assert rank(typed, [(1, "ajxrado nxexun"), (2, name)])[0] == 2


def test_what_is_scattered_begins_a_word_and_fits_the_better_the_nearer_it_is():
    assert cost("mi", "an example of a line") is None
    assert rank("gdn", [("far", "gxxxxdxxxn"), ("near", "garden")]) == ["near", "far"]


def test_accents_and_case_are_left_out_letter_for_letter():
    assert fold("Émile ÅSE") == "emile ase"
    assert cost("emile", "Émile") == cost("ÉMILE", "emile") == 0
    assert cost("語", "日本語") is not None


def test_all_words_have_to_fit_in_any_order():
    assert cost("roe jane", "Jane Roe") is not None
    assert cost("roe john", "Jane Roe") is None


def test_nothing_typed_leaves_the_order():
    assert rank("", [(1, "b"), (2, "a")]) == [1, 2]


@given(NAMES)
@example("İstanbul")
def test_folding_keeps_each_letter_where_it_is(name):
    assert len(fold(name)) == len(name)


@given(LETTERS, NAMES)
def test_the_letters_that_are_marked_are_those_that_were_typed(typed, name):
    word, text = fold(typed), fold(name)
    found = fit(word, text)
    if found is not None:
        assert list(found.letters) == sorted(set(found.letters))
        assert "".join(text[at] for at in found.letters) == word


@given(LETTERS, NAMES)
def test_what_fits_has_fitted_with_a_letter_less(typed, name):
    word, text = fold(typed), fold(name)
    if len(word) > 1 and fit(word, text) is not None:
        assert fit(word[:-1], text) is not None


@given(LETTERS, NAMES)
def test_whatever_is_inside_a_name_is_found(typed, name):
    word, text = fold(typed), fold(name)
    assert word not in text or fit(word, text) is not None


def test_a_name_made_to_take_long_is_soon_judged():
    text = "a " * 5000
    assert fit("a" * 60 + "b", text) is None
    assert fit("a" * 60, text) is not None
