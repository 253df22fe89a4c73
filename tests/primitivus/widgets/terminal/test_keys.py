"""Keys and pastes, however the bytes are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.terminal.keys import Decoder, EscApart
from primitivus.widgets.terminal.paste import LONGEST_PASTE, OVER_S, TOLD_S, Paste
from primitivus.widgets.terminal.sequences import SEQUENCE_S


def decode(data: bytes, *, esc_is_meta: bool = True):
    events, rest = Decoder(esc_is_meta=esc_is_meta).decode(data, more=False)
    assert rest == b""
    return events


def test_a_meta_key_whose_esc_came_before_is_told_apart():
    decoder = Decoder()
    held = decoder.decode(b"\x1b", more=True)[1]
    (key,), rest = decoder.decode(held + b"a", more=True)
    assert (key, rest) == ("meta a", b"")
    assert isinstance(key, EscApart)
    (key,), _ = decoder.decode(b"\x1ba", more=True)
    assert not isinstance(key, EscApart)
    held = decoder.decode(b"\x1b", more=True)[1]
    (key,), _ = decoder.decode(held + b"[1;3A", more=True)
    assert key == "meta up"
    assert not isinstance(key, EscApart)


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


class Clock:
    """Time as a test wants it."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Typist:
    """Reads byte by byte or in pieces, as a terminal hands them over, and waits as told."""

    def __init__(self, *, esc_is_meta=True):
        self.clock = Clock()
        self.decoder = Decoder(esc_is_meta=esc_is_meta, now=self.clock)
        self.rest = b""

    def read(self, data):
        events, self.rest = self.decoder.decode(self.rest + data, more=True)
        return events

    def wait(self):
        """Let the time pass after which what is unfinished counts as it stands."""
        wait = self.decoder.wait_s
        if wait is None:
            return []
        self.clock.now += wait
        events, self.rest = self.decoder.decode(self.rest, more=False)
        return events

    def wait_for_all(self):
        events = []
        while self.decoder.wait_s is not None:
            events += self.wait()
        return events


def is_key(event):
    return isinstance(event, str)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)
STRINGS = st.builds(
    lambda introducer, text, end: b"\x1b" + introducer + text.encode() + end,
    st.sampled_from([b"]", b"P", b"X", b"^", b"_"]),
    TEXTS,
    st.sampled_from([b"\x07", b"\x1b\\"]),
)
# Answers and reports: with a private sign, or with a final byte that ends no key's sequence.
PARAMETERS = st.text(st.sampled_from("0123456789;:"), max_size=100).map(str.encode)
INTERMEDIATES = st.text(st.sampled_from(" !\"#%&'()*+,-./"), max_size=3).map(str.encode)
CONTROL_SEQUENCES = st.one_of(
    st.builds(
        lambda sign, parameters, between, final: b"\x1b[" + sign + parameters + between + final,
        st.sampled_from([b"?", b">", b"="]),
        PARAMETERS,
        INTERMEDIATES,
        st.sampled_from([bytes([code]) for code in range(0x40, 0x7F)]),
    ),
    st.builds(
        lambda parameters, final: b"\x1b[" + parameters + final,
        PARAMETERS.filter(bool),
        st.sampled_from([b"c", b"n", b"t", b"x", b"y", b"W", b"`", b"{"]),
    ),
    st.sampled_from([b"\x1bOz", b"\x1bO1;5z", b"\x1b[[z", b"\x1b[0n", b"\x1b[201~"]),
)
KEYS = st.sampled_from(
    [
        ("a", b"a"),
        ("é", "é".encode()),
        ("enter", b"\r"),
        ("up", b"\x1b[A"),
        ("meta up", b"\x1b[1;3A"),
        ("f1", b"\x1bOP"),
        ("page up", b"\x1b[5~"),
        ("meta x", b"\x1bx"),
    ]
)
SAID = st.one_of(
    STRINGS.map(lambda data: (None, data)), CONTROL_SEQUENCES.map(lambda data: (None, data)), KEYS
)


@given(said=st.lists(SAID, max_size=12), cuts=st.lists(st.integers(1, 9), max_size=60))
def test_what_a_terminal_says_is_swallowed_whole_and_keys_are_kept(said, cuts):
    data = b"".join(part for _, part in said)
    typist, events = Typist(), []
    for cut in [*cuts, len(data)]:
        events += typist.read(data[:cut])
        data = data[cut:]
    events += typist.wait_for_all()
    assert [event for event in events if is_key(event)] == [name for name, _ in said if name]


@given(said=STRINGS | CONTROL_SEQUENCES, cut=st.integers(3, 200))
def test_an_answer_that_stops_for_a_while_is_still_no_key(said, cut):
    typist = Typist()
    events = typist.read(said[:cut])
    typist.clock.now += SEQUENCE_S / 2
    events += typist.read(said[cut:] + b"x")
    events += typist.wait_for_all()
    assert [event for event in events if is_key(event)] == ["x"]


@pytest.mark.parametrize("begun", [b"\x1b]11;rgb:00", b"\x1bP>|term", b"\x1b_Gi=1", b"\x1b[?62;"])
def test_an_answer_whose_end_is_lost_takes_keys_only_for_a_while(begun):
    typist = Typist()
    assert typist.read(begun) == []
    typist.clock.now += SEQUENCE_S
    assert typist.wait_for_all() == []
    assert typist.read(b"i\x1b") + typist.wait_for_all() == ["i", "esc"]


def test_half_the_end_of_an_answer_is_no_escape_key():
    typist = Typist()
    assert typist.read(b"\x1b]11;rgb:0000/0000/0000\x1b") == []
    assert typist.wait_for_all() == []


@given(st.integers(1, 40))
def test_the_background_that_a_terminal_tells_is_known(cut):
    said = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
    typist = Typist()
    (answer,) = typist.read(said[:cut]) + typist.read(said[cut:])
    assert answer.colour == "rgb:ffff/ffff/ffff"


def test_escape_ends_an_answer_that_something_else_follows():
    typist = Typist()
    assert typist.read(b"\x1b]0;title\x1b[A") == ["up"]
    assert typist.read(b"\x1b[12\x1b[B") == ["down"]
    (paste,) = typist.read(b"\x1bPhalf\x1b[200~text\x1b[201~")
    assert paste.text == "text"


@pytest.mark.parametrize("introducer", ["]", "P", "X", "^", "_", "["])
def test_alt_with_an_introducer_is_a_key_where_nothing_follows(introducer):
    typist = Typist()
    assert typist.read(b"\x1b" + introducer.encode()) == []
    assert typist.wait_for_all() == [f"meta {introducer}"]


def test_a_sequence_that_never_ends_takes_no_room():
    typist = Typist()
    for _ in range(100):
        assert typist.read(b"\x1b[" + b"1;" * 2000) == []
        assert len(typist.rest) < 2000


def test_a_paste_that_stands_still_is_told_and_ends_by_itself():
    typist = Typist()
    assert typist.read(b"\x1b[200~:quit\rmo") == []
    assert typist.wait() == ["paste waits"]
    assert typist.clock.now == TOLD_S
    assert typist.read(b"re") == []
    (paste,) = typist.wait_for_all()
    assert (paste.text, paste.is_open) == (":quit\nmore", True)
    assert typist.clock.now == TOLD_S + OVER_S
    assert typist.read(b"x") == ["x"]


@pytest.mark.parametrize("late", [b"rm\r\x1b[201~", b"a long line with blanks and no end\r"])
def test_the_rest_of_a_paste_that_stood_still_is_never_run(late):
    typist = Typist()
    typist.read(b"\x1b[200~begun ")
    assert len(typist.wait_for_all()) == 2
    events = typist.read(late) + typist.wait_for_all()
    assert [event.text for event in events if isinstance(event, Paste)] == [
        late.replace(b"\x1b[201~", b"").replace(b"\r", b"\n").decode()
    ]
    assert {str(event) for event in events} <= {"paste", "paste waits"}
    assert typist.read(b"x") == ["x"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\r", "enter"),
        (b"\n", "ctrl j"),
        (b"\x1b\n", "meta ctrl j"),
        (b"\x1b[13;2u", "shift enter"),
        (b"\x1b[27;2;13~", "shift enter"),
        (b"\x1b[13;3u", "meta enter"),
        (b"\x1b[106;5u", "ctrl j"),
        (b"\x1b[27u", "esc"),
        (b"\x1b[97;3u", "meta a"),
        # Where c is on a Cyrillic keyboard, and a letter of it by itself.
        (b"\x1b[1089::99;5u", "ctrl c"),
        (b"\x1b[1089:1057:99;2u", "С"),  # noqa: RUF001
        (b"\x1b[57414;5u", "ctrl enter"),
    ],
)
def test_keys_are_told_apart_as_precisely_as_the_terminal_does(data, name):
    assert decode(data) == [name]
