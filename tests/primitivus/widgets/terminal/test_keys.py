"""Keys and pastes, however the bytes are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.terminal.keys import LONGEST_PASTE, Decoder, Paste


def decode(data: bytes, *, esc_is_meta: bool = True):
    events, rest = Decoder(esc_is_meta=esc_is_meta).decode(data, more=False)
    assert rest == b""
    return events


@pytest.mark.parametrize(
    ("data", "as_meta", "as_esc"),
    [
        (b"\x1bx", ["meta x"], ["esc", "x"]),
        (b"\x1b\r", ["meta enter"], ["esc", "enter"]),
        ("\x1bé".encode(), ["meta é"], ["esc", "é"]),
        (b"\x1b\x1b", ["esc", "esc"], ["esc", "esc"]),
        (b"\x1b", ["esc"], ["esc"]),
        (b"\x1b[", ["meta ["], ["esc", "["]),
        (b"\x1bO", ["meta O"], ["esc", "O"]),
        (b"\x1b[A", ["up"], ["up"]),
        (b"\x1bOA", ["up"], ["up"]),
        (b"\x1b[1;3A", ["meta up"], ["meta up"]),
        (b"\x1b\x1b[A", ["meta up"], ["esc", "up"]),
        (b"\x1b[<0;5;6M", [("mouse press", 1, 4, 5)], [("mouse press", 1, 4, 5)]),
        (b"\x1b[I\x1b[O", ["focus in", "focus out"], ["focus in", "focus out"]),
        (b"\x1b:q\r", ["meta :", "q", "enter"], ["esc", ":", "q", "enter"]),
    ],
)
def test_esc_is_meta_only_where_it_is_wanted(data, as_meta, as_esc):
    assert decode(data) == as_meta
    assert decode(data, esc_is_meta=False) == as_esc


def test_a_sequence_cut_in_the_middle_waits_for_the_rest():
    decoder = Decoder()
    assert decoder.decode(b"a\x1b[1;", more=True) == (["a"], b"\x1b[1;")
    assert decoder.decode(b"\x1b[1;3A", more=True) == (["meta up"], b"")


def test_a_paste_is_one_key_whatever_is_in_it():
    before, paste, after = decode(b"a\x1b[200~:quit\r\n\x1b[A\x03\tb\xff\x1b[201~b")
    assert (before, after) == ("a", "b")
    assert isinstance(paste, Paste)
    assert paste == "paste"
    assert paste.text == ":quit\n[A\tb\ufffd"
    assert not paste.is_cut


@given(
    text=st.text(st.characters(exclude_categories=["C"]) | st.just("\n"), max_size=60),
    cuts=st.lists(st.integers(1, 9), max_size=30),
)
def test_a_paste_may_come_in_any_pieces(text, cuts):
    data = b"\x1b[200~" + text.encode() + b"\x1b[201~x"
    decoder, rest, events = Decoder(), b"", []
    for cut in [*cuts, len(data)]:
        keys, rest = decoder.decode(rest + data[:cut], more=True)
        events += keys
        data = data[cut:]
    assert events == ["paste", "x"]
    assert events[0].text == text
    assert rest == b""


def test_esc_twice_leaves_a_paste_that_never_ends():
    decoder = Decoder()
    assert decoder.decode(b"\x1b[200~abc", more=True) == ([], b"")
    assert decoder.is_pasting
    paste, key = decoder.decode(b"\x1b\x1bx", more=True)[0]
    assert (paste.text, key) == ("abc", "x")


def test_a_huge_paste_is_cut_and_says_so():
    (paste,) = decode(b"\x1b[200~" + b"x" * (LONGEST_PASTE + 10) + b"\x1b[201~")
    assert paste.is_cut
    assert len(paste.text) == LONGEST_PASTE


def test_much_typed_at_once_is_all_keys():
    data = ("añ\x1b[B" * 5000).encode()
    assert decode(data) == ["a", "ñ", "down"] * 5000
