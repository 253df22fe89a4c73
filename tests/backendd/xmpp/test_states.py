"""The table of states: complete, and strict."""

import pytest

from backendd.xmpp.states import TABLE, Move, State, step


def test_every_state_can_be_reached_and_left():
    assert set(TABLE.values()) == set(State)
    assert {before for before, _ in TABLE} == set(State)


def test_whatever_happens_leaving_ends_offline():
    ends = {step(state, Move.LEFT) for state in State}
    assert ends == {State.OFFLINE}


def test_a_failure_waits_and_a_refusal_does_not():
    for state in (State.CONNECTING, State.ONLINE):
        assert step(state, Move.FAILED) == State.WAITING
        assert step(state, Move.REFUSED) == State.OFFLINE


def test_what_is_connected_is_not_connected_again():
    with pytest.raises(AssertionError, match="wanted is no move from online"):
        step(State.ONLINE, Move.WANTED)
