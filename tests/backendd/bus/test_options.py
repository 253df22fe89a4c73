import pytest

from backendd.api.errors import InvalidArgument
from backendd.api.interfaces import Option
from backendd.bus.options import keywords

KNOWN = {
    name: Option(name, signature, None, "")
    for name, signature in {
        "limit": "u", "token": "s", "pinned": "b", "ids": "ax", "tags": "as", "from": "x",
    }.items()
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [{}, {"limit": 5, "token": "t"}, {"pinned": False}, {"ids": [1, 2]}, {"ids": []}, {"tags": []}],
)
def test_known_options_come_back(given):
    assert keywords(given, KNOWN) == given


def test_a_word_of_python_gets_a_name_that_is_none():
    assert keywords({"from": 5}, KNOWN) == {"from_": 5}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"limti": 5}, "unknown option 'limti'; did you mean 'limit'?"),
        ({"zzz": 5}, "unknown option 'zzz'; known here: from, ids, limit, pinned, tags, token"),
        ({"limit": "5"}, "the option 'limit' takes a whole number, 0 or more"),
        ({"limit": -1}, "the option 'limit' takes a whole number, 0 or more"),
        ({"limit": True}, "the option 'limit' takes a whole number, 0 or more"),
        ({"from": "1"}, "the option 'from' takes a whole number"),
        ({"pinned": 1}, "the option 'pinned' takes true or false"),
        ({"token": 1}, "the option 'token' takes a text"),
        ({"ids": ["1"]}, "the option 'ids' takes a list"),
        ({"tags": [1]}, "the option 'tags' takes a list"),
    ],
)
def test_others_are_refused_with_what_was_meant(given, says):
    with pytest.raises(InvalidArgument) as raised:
        keywords(given, KNOWN)
    assert str(raised.value) == says


def test_where_there_are_none_any_is_refused():
    with pytest.raises(InvalidArgument, match="there are none here yet"):
        keywords({"limit": 5}, {})
