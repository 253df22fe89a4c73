"""Names that one takes for each other, and those that one doesn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.wording.lookalikes import Lookalikes, skeleton, told_apart

NICKS = st.lists(st.sampled_from(["ann", "Ann", "\u0430nn", "ben", "b\u0435n", "bill", "b1ll"]))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ann", "Ann"),
        ("ann", "\u0430nn"),  # a Cyrillic a
        ("scope", "\u0455\u0441\u043e\u0440\u0435"),  # Cyrillic all of it
        ("anna", "\uff41\uff4e\uff4e\uff41"),  # full width
        ("ann", "\U0001d41a\U0001d427\U0001d427"),  # bold of mathematics
        ("ann", "a\u200bnn"),  # what takes no room
        ("ann", "ann\u2060\ufeff"),
        ("ann", "ann\ufe0f"),
        ("ann", " ann "),
        ("ann smith", "annsmith"),
        ("bill", "bi11"),
        ("Ivan", "lvan"),
        ("mod", "m0d"),
        ("modern", "modem"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\U0001f4bb"),  # with and without a joiner
        ("\u2764", "\u2764\ufe0f"),
        ("jos\u00e9", "jose\u0301"),
    ],
)
def test_who_is_taken_for_another_is_the_same(name, other):
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ann", "anna"), ("ann", "ben"), ("jose", "jos\u00e9"),
        ("\u0430\u043d\u043d\u0430", "anna"),
        ("\U0001f469", "\U0001f468"), ("\u732b", "\u72ac"),
    ],
)  # fmt: skip
def test_whom_nobody_takes_for_another_is_apart(name, other):
    assert skeleton(name) != skeleton(other)


def test_it_is_told_which_letters_are_others():
    assert told_apart("\u0430nn", "ann") == "cyrillic small letter a"
    assert told_apart("ann\u200b", "ann") == "zero width space"
    assert told_apart("ann", "ann\u200b") == ""


@given(st.lists(st.tuples(st.booleans(), NICKS)))
def test_they_are_kept_as_they_would_be_counted_anew(changes):
    kept, here = Lookalikes(), set()
    for has_come, names in changes:
        for name in names:
            (kept.add if has_come else kept.remove)(name)
            (here.add if has_come else here.discard)(name)
    like = {
        name: {each for each in here - {name} if skeleton(each) == skeleton(name)} for name in here
    }
    assert kept.names == {name for name in here if like[name]}
    assert all(list(kept.of(name)) == sorted(like[name]) for name in here)
