"""The numbers of what goes out, against a model, and over their wrap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.xmpp.faults import Suspect
from backendd.xmpp.outgoing import MODULUS, Outgoing


@given(
    st.sampled_from([0, 1, 1000, MODULUS - 3]),
    st.lists(st.one_of(st.just("add"), st.integers(0, 5))),
)
def test_what_is_kept_is_what_was_added_and_not_acknowledged(start: int, steps: list[object]):
    outgoing = Outgoing(acked=start)
    sent: list[bytes] = []
    acked = 0
    for each in steps:
        if each == "add":
            assert outgoing.next == (start + len(sent) + 1) % MODULUS
            sent.append(str(len(sent)).encode())
            outgoing.add(sent[-1])
        elif isinstance(each, int) and acked + each <= len(sent):
            acked += each
            outgoing.acknowledge((start + acked) % MODULUS)
        assert list(outgoing) == sent[acked:]
        assert outgoing.acked == (start + acked) % MODULUS
        assert outgoing.last == (start + len(sent)) % MODULUS


def test_a_number_never_given_is_refused():
    outgoing = Outgoing(acked=5)
    outgoing.add(b"six")
    for h in (4, 7):
        with pytest.raises(Suspect):
            outgoing.acknowledge(h)
    outgoing.acknowledge(6)
    assert not len(outgoing)


def test_it_knows_which_numbers_it_holds():
    outgoing = Outgoing(acked=MODULUS - 1)
    outgoing.add(b"wrapped")
    assert outgoing.holds(0)
    assert not outgoing.holds(1)
    assert not outgoing.holds(MODULUS - 1)


def test_what_was_never_written_can_be_taken_back():
    outgoing = Outgoing()
    for data in (b"1", b"2", b"3"):
        outgoing.add(data)
    outgoing.take_back(2)
    assert list(outgoing) == [b"1"]
    assert outgoing.next == 2
