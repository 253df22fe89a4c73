"""Keys that mean nothing, and the letters behind them."""

import pytest

from primitivus.commands.all import registry
from primitivus.keymaps.checks import load_shipped
from primitivus.model.state import State
from primitivus.widgets.keyboard.refusals import Refusals

SECOND_US = 1_000_000


class Clock:
    def __init__(self):
        self.now = SECOND_US

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def state(clock):
    return State(clock)


@pytest.fixture
def refusals(state, clock):
    return Refusals(state, clock)


MAP = load_shipped("primitivus", registry())


def refused(refusals, clock, keys, pause_us):
    """Return which of the keys are refused with the first one."""
    refusals.refuse(keys[0], MAP)
    held = []
    for key in keys[1:]:
        clock.now += pause_us
        if refusals.holds(key):
            held.append(key)
    return held


def test_the_letters_of_a_word_are_refused_with_its_first_one(refusals, clock, state):
    assert refused(refusals, clock, ["w", "o", "r", "d", "enter"], SECOND_US // 5) == [
        *("o", "r", "d", "enter")
    ]
    assert '"w" means nothing in normal mode' in state.notices.current.text
    assert not refusals.holds("i")


def test_after_a_pause_keys_are_commands_again(refusals, clock):
    assert refused(refusals, clock, ["w", "i"], SECOND_US) == []


@pytest.mark.parametrize("key", ["esc", "f1", "ctrl x", "up"])
def test_what_is_no_letter_is_never_refused_with_a_word(refusals, clock, key):
    assert refused(refusals, clock, ["w", key, "i"], 0) == []


def test_where_one_types_nothing_is_refused(refusals, clock, state):
    refusals.refuse("w", MAP)
    state.show(mode="insert")
    assert not refusals.holds("o")
