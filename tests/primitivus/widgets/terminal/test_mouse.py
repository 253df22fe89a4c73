"""The mouse as the terminal tells it: presses and the wheel are keys, and nothing else is any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.terminal.keys import Decoder
from primitivus.widgets.terminal.mouse import Mouse, as_keys

NAMES = {0: "press", 2: "right press", 64: "wheel up", 65: "wheel down"}
MODIFIERS = {0: "", 4: "shift ", 8: "meta ", 16: "ctrl "}


def keys(data, *, is_heeded=True):
    events, _ = Decoder().decode(data, more=False)
    return list(as_keys(events, is_heeded=is_heeded))


def report(button, column, row, final="M"):
    return f"\x1b[<{button};{column + 1};{row + 1}{final}".encode()


@given(
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(sorted(MODIFIERS)),
    st.integers(0, 9999),
    st.integers(0, 9999),
)
def test_a_press_knows_where_it_was(button, modifier, column, row):
    (key,) = keys(report(button + modifier, column, row))
    assert isinstance(key, Mouse)
    assert (key, key.column, key.row) == (MODIFIERS[modifier] + NAMES[button], column, row)
    assert key.spot is None


@pytest.mark.parametrize(
    "data",
    [
        report(2, 4, 5, "m"),  # let go of another button
        report(1, 4, 5),  # the middle button is the terminal's own
        report(32, 4, 5),  # moved
        report(35, 4, 5),
        report(66, 4, 5),  # a wheel that goes to the side
        report(128, 4, 5),
        b"\x1b[<0;5M",
        b"\x1b[<;;M",
        b"\x1b[<0;5;6;7M",
        b"\x1b[<0;5;6",
        b"\x1b[<0;" + b"9" * 200 + b";1M",
        b"\x1b[M",
        b"\x1b[M !",
    ],
)
def test_what_is_of_no_use_or_broken_types_nothing(data):
    assert keys(data) == []


@pytest.mark.parametrize("data", [report(0, 4, 5, "m"), b"\x1b[M#%&"])
def test_a_button_that_is_let_go_is_told(data):
    (key,) = keys(data)
    assert (key, key.column, key.row) == ("release", 4, 5)


def test_the_older_way_of_telling_it_is_understood():
    (key,) = keys(b"\x1b[M !!")
    assert (key, key.column, key.row) == ("press", 0, 0)


@given(st.binary(min_size=3, max_size=3))
def test_whatever_the_older_way_tells_is_no_text(data):
    assert all(isinstance(key, Mouse) for key in keys(b"\x1b[M" + data))
    assert keys(b"\x1b[M" + data, is_heeded=False) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(NAMES)), st.integers(0, 300), st.integers(0, 99)),
        max_size=8,
    ),
    st.lists(st.integers(1, 9), max_size=40),
)
def test_reports_may_come_in_any_pieces_among_keys(presses, cuts):
    data = b"".join(b"a" + report(*press) for press in presses) + b"z"
    decoder, rest, events = Decoder(), b"", []
    for cut in [*cuts, len(data)]:
        found, rest = decoder.decode(rest + data[:cut], more=True)
        events += found
        data = data[cut:]
    assert rest == b""
    told = list(as_keys(events, is_heeded=True))
    assert [key for key in told if not isinstance(key, Mouse)] == ["a"] * len(presses) + ["z"]
    where = [(key, key.column, key.row) for key in told if isinstance(key, Mouse)]
    assert where == [(NAMES[button], column, row) for button, column, row in presses]


def test_where_it_is_not_heeded_nothing_comes_of_it():
    assert keys(b"a" + report(0, 4, 5) + b"b", is_heeded=False) == ["a", "b"]
