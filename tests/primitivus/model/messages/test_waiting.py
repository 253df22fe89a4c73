"""How much is unread above and below what is held, whatever the ids of messages are."""

import pytest

from backendd.api.records import Message
from primitivus.model.messages.waiting import Waiting, lies_above
from primitivus.model.messages.window import Window

# Ids are given as messages are stored: an archive brings old ones late.
EARLY, LATE = 1, 900


def window(first_id, count, *, state, direction="in", older="local", newer=False):
    held = Window()
    held.reset(
        [
            Message(id=first_id + at, order=1000 + at, direction=direction, state=state)
            for at in range(count)
        ],
        older,
        newer=newer,
    )
    return held


@pytest.mark.parametrize("first", [EARLY, LATE])
def test_what_is_unread_below_all_that_is_held_is_counted(first):
    held = window(100, 20, state="read", newer=True)
    assert Waiting(7, first).many(held, 10) == 7


@pytest.mark.parametrize("first", [EARLY, LATE])
def test_how_many_are_below_nobody_knows_where_the_first_lies_above(first):
    held = window(100, 20, state="unread", newer=True)
    assert Waiting(70, first).many(held, 10) == 0


@pytest.mark.parametrize("first", [EARLY, LATE])
def test_what_is_unread_above_all_that_is_held_is_counted(first):
    held = window(100, 20, state="unread")
    assert Waiting(70, first).before(held, 5) == 55


@pytest.mark.parametrize("first", [EARLY, LATE])
def test_what_was_not_told_yet_lies_above_nothing(first):
    held = window(100, 20, state="read")
    assert Waiting(3, first).before(held, 5) == 0


def test_where_nothing_came_it_lies_where_ids_say():
    held = window(100, 20, state="sent", direction="out")
    assert lies_above(held, EARLY)
    assert not lies_above(held, LATE)
