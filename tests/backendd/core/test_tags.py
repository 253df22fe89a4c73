"""Tags: which are the same, and what of a query asks for some."""

import pytest

from backendd.core import tags


@pytest.mark.parametrize(
    ("query", "rest", "asked"),
    [
        ("#tea", "", ("tea",)),
        ("green #Tea leaves", "green leaves", ("tea",)),
        ('#"two  Words" x', "x", ("two words",)),
        ('#"open to the end', "", ("open to the end",)),
        ('"#tea"', '"#tea"', ()),
        ('a "b #c" #d', 'a "b #c"', ("d",)),
        ("# c# x#y", "# c# x#y", ()),
        ('x#"y"', 'x #"y"', ()),
        ("#ÜBER #über ##über", "", ("über",)),
        ("#c++ #.net", "", ("c++", ".net")),
        ('#"" #', '#"" #', ()),
        ("", "", ()),
    ],
)
def test_what_a_query_asks_for_beside_words(query, rest, asked):
    said, found = tags.parse(query)
    assert (said.split(), found) == (rest.split(), asked)


def test_a_query_asks_for_so_many_tags_and_no_more():
    assert len(tags.parse(" ".join(f"#{each}" for each in range(100)))[1]) == tags.MOST


@pytest.mark.parametrize(
    ("one", "other"), [("Tea", "#tea"), ("two  words", " Two Words"), ("STRASSE", "straße")]
)
def test_the_same_tag_has_the_same_word_in_the_index(one, other):
    assert tags.token(one) == tags.token(other)
    assert tags.token(one) != tags.token(f"{one}s")
    assert tags.token(one).isalnum()
