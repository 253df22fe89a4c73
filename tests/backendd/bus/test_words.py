"""Fixed words are declared once, as types, and checked wherever they come in."""

from collections.abc import Sequence
from typing import Literal, TypedDict, Unpack

import pytest

from backendd.api.errors import InvalidArgument
from backendd.bus.words import check, words_of

Colour = Literal["red", "blue"]


class Look(TypedDict, total=False):
    colour: Colour
    size: int


async def paint(
    colour: Colour, others: Sequence[Colour], name: str, *, ground: Colour | Literal[""] = ""
) -> None: ...


async def change(thing: str, **changes: Unpack[Look]) -> None: ...


def test_words_are_found_in_arguments_lists_and_changes():
    plain = ("red", "blue")
    assert words_of(paint) == {"colour": plain, "others": plain, "ground": ("red", "blue", "")}
    assert words_of(change) == {"colour": plain}


@pytest.mark.parametrize(
    "given", [{"colour": "red", "others": []}, {"others": ["blue", "red"]}, {"ground": ""}, {}]
)
def test_what_is_of_them_passes(given):
    check(given, words_of(paint))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colour": "green"}, "'colour' takes red, blue"),
        ({"colour": "red", "others": ["red", ""]}, "'others' takes red, blue"),
        ({"ground": "green"}, "'ground' takes red, blue"),
    ],
)
def test_what_is_not_is_refused_with_what_may_be(given, said):
    with pytest.raises(InvalidArgument, match=said):
        check(given, words_of(paint))
