import pytest

from backendd.api.errors import InvalidArgument
from backendd.bus.options import options

KNOWN = {"limit": int, "token": str, "pinned": bool, "ids": list[int], "tags": list}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"limit": 5, "token": "t"},
        {"pinned": False},
        {"ids": [1, 2]},
        {"ids": []},
        {"tags": [1]},
    ],
)
def test_known_options_come_back(given):
    assert options(given, **KNOWN) == given


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"limti": 5}, "unknown option 'limti'; did you mean 'limit'?"),
        ({"zzz": 5}, "unknown option 'zzz'; known here: ids, limit, pinned, tags, token"),
        ({"limit": "5"}, "the option 'limit' takes a whole number"),
        ({"limit": True}, "the option 'limit' takes a whole number"),
        ({"pinned": 1}, "the option 'pinned' takes true or false"),
        ({"token": 1}, "the option 'token' takes a text"),
        ({"ids": ["1"]}, "the option 'ids' takes a list"),
    ],
)
def test_others_are_refused_with_what_was_meant(given, says):
    with pytest.raises(InvalidArgument) as raised:
        options(given, **KNOWN)
    assert str(raised.value) == says


def test_where_there_are_none_any_is_refused():
    with pytest.raises(InvalidArgument, match="there are none here yet"):
        options({"limit": 5})
