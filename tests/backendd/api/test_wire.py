import math
import socket

import pytest
from dbus_next.message import Message
from dbus_next.signature import Variant as TheirVariant
from hypothesis import given
from hypothesis import strategies as st

from backendd.api import records, wire
from backendd.api.bus_messages import BusMessage
from backendd.api.byte_stream import ByteStream
from backendd.api.errors import TooLarge
from backendd.api.incoming import Incoming
from backendd.api.records.record import Record, key
from backendd.api.signature import split
from backendd.api.wire import Variant, decode, encode, fits, from_wire, safe_text


class Leaf(Record):
    name: str = key("s", "")
    size: int = key("u", 0)


class Tree(Record):
    id: int = key("x", 0)
    is_green: bool = key("b", False)
    age: int = key("y", 1)
    error: tuple[str, str] = key("(ss)", ("", ""))
    names: list[str] = key("as", [])
    best: Leaf | None = key("a{sv}", None)
    leaves: list[Leaf] = key("aa{sv}", [])
    votes: dict[str, list[str]] = key("a{sas}", {})


def through(signature, *values):
    return decode(signature, bytes(encode(signature, values)))


# Signatures, with values of them; what dbus-next has for the same is made by `theirs`.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
BASIC = {
    "y": st.integers(0, 2**8 - 1),
    "b": st.booleans(),
    "n": st.integers(-(2**15), 2**15 - 1),
    "q": st.integers(0, 2**16 - 1),
    "i": st.integers(-(2**31), 2**31 - 1),
    "u": st.integers(0, 2**32 - 1),
    "x": st.integers(-(2**63) + 1, 2**63 - 1),
    "t": st.integers(0, 2**64 - 1),
    "d": st.floats(allow_nan=False),
    "s": TEXT,
    "o": st.sampled_from(["/", "/a", "/a/b_1"]),
    "g": st.sampled_from(["", "s", "a{sv}", "(ss)x"]),
}


def _deeper(signatures):
    return (
        signatures.map("a{}".format)
        | st.lists(signatures, min_size=1, max_size=3).map("".join).map("({})".format)
        | st.tuples(st.sampled_from(sorted(BASIC)), signatures).map("".join).map("a{{{}}}".format)
    )


SIGNATURES = st.recursive(st.sampled_from([*BASIC, "v", "a{sv}"]), _deeper, max_leaves=5)


def _values(signature):
    if signature in BASIC:
        return BASIC[signature]
    if signature == "v":
        return st.sampled_from(["s", "x", "as", "(ub)", "a{sv}"]).flatmap(
            lambda inner: _values(inner).map(lambda value: Variant(inner, value))
        )
    if signature == "ay":
        return st.binary(max_size=9)
    if signature[0] == "(":
        return st.tuples(*map(_values, split(signature[1:-1])))
    if signature[1] == "{":
        name, value = split(signature[2:-1])
        return st.dictionaries(_values(name), _values(value), max_size=3)
    return st.lists(_values(signature[1:]), max_size=3)


def _theirs(signature, value):
    if isinstance(value, Variant):
        return TheirVariant(value.signature, _theirs(value.signature, value.value))
    if isinstance(value, tuple):
        return [
            _theirs(each, item) for each, item in zip(split(signature[1:-1]), value, strict=True)
        ]
    if isinstance(value, dict):
        name, inner = split(signature[2:-1])
        return {_theirs(name, k): _theirs(inner, v) for k, v in value.items()}
    if isinstance(value, list):
        return [_theirs(signature[1:], item) for item in value]
    return value


def _unwrapped(value):
    if isinstance(value, Variant):
        return _unwrapped(value.value)
    if isinstance(value, dict):
        return {k: _unwrapped(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_unwrapped(item) for item in value)
    return value


@given(SIGNATURES.flatmap(lambda each: st.tuples(st.just(each), _values(each))))
def test_bytes_are_those_of_dbus_next_and_come_back(example):
    signature, value = example
    message = Message(path="/", member="M", signature=signature, serial=7)
    message.body = [_theirs(signature, value)]
    expected = bytes(message._marshall())
    body = encode(signature, [value])
    whole = BusMessage(message.message_type, body, signature, path="/", member="M", serial=7)
    assert bytes(whole._marshall()) == expected
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(expected)
        incoming = Incoming(ByteStream(ours), lambda: len(expected))
        assert incoming.unmarshall()
    read = incoming.message
    assert read is not None
    assert read.body == [_unwrapped(value)]
    assert (read.signature, read.serial, read.path, read.member) == (signature, 7, "/", "M")


@given(SIGNATURES.flatmap(lambda each: st.tuples(st.just(each), _values(each))), st.integers(0, 7))
def test_values_come_back_wherever_they_begin(example, before):
    signature, value = example
    values = [*range(before), value]
    assert through("y" * before + signature, *values) == [*range(before), _unwrapped(value)]


def test_the_other_byte_order_is_read_too():
    data = b"\0\0\0\5\0\0\0\3abc\0"
    assert decode("us", data, ">") == [5, "abc"]


@pytest.mark.parametrize("bad", ["(", "()", "a", "a{sv", "a{vs}", "a{s}", "z", "a{sss}", "(s"])
def test_what_is_no_signature_is_refused(bad):
    with pytest.raises(ValueError, match="no D-Bus signature"):
        split(bad)


@pytest.mark.parametrize(
    "value",
    [True, 5, -5, "text", 1.5, b"\1\2", [1, 2], ["a"], [], {"deep": {"x": [True]}}, ("a", "b")],
)
def test_python_types_say_what_crosses_in_a_dictionary(value):
    assert through("a{sv}", {"key": value}) == [{"key": value}]
    assert through("v", value) == [value]


@pytest.mark.parametrize(
    ("value", "signature"),
    [
        (True, "b"),
        (5, "x"),
        ("text", "s"),
        ([], "as"),
        ([5], "ax"),
        ([{"a": 1}], "aa{sv}"),
        ([Leaf()], "aa{sv}"),
        (Leaf(), "a{sv}"),
        ({"a": ["b"]}, "a{sas}"),
        ({}, "a{sv}"),
        (("a", "b"), "(ss)"),
        (b"a", "ay"),
        (Variant("q", 5), "q"),
    ],
)
def test_suggested_types_are_the_contracts(value, signature):
    data = bytes(encode("v", [value]))
    assert data[1 : 1 + data[0]].decode() == signature


def test_values_are_refused_that_are_not_of_their_type():
    for signature, value in [
        ("s", 5),
        ("s", None),
        ("b", 1),
        ("u", -1),
        ("y", 256),
        ("x", "5"),
        ("x", 2**63),
        ("as", "text"),
        ("as", 5),
        ("a{sv}", []),
        ("a{sv}", {"key": None}),
        ("a{sv}", {5: 5}),
        ("a{sv}", {"key": Variant("ss", "a")}),
        ("(ss)", ("a",)),
        ("(ss)", "ab"),
        ("o", "no/path"),
        ("o", "/a/"),
        ("g", "a"),
        ("ay", "text"),
    ]:
        with pytest.raises(TypeError):
            encode(signature, [value])
        assert not fits(signature, value)
    with pytest.raises(TypeError):
        encode("ss", ["one"])
    assert not fits("u", True)
    assert fits("u", 5)
    assert fits("v", True)


def test_records_leave_out_what_is_at_its_default():
    assert through("a{sv}", Tree()) == [{}]
    assert through("a{sv}", Tree(id=5, names=["a"])) == [{"id": 5, "names": ["a"]}]


def test_records_come_back_with_those_inside():
    tree = Tree(
        id=-5,
        is_green=True,
        age=200,
        error=("Timeout", "no answer"),
        names=["a", "ü"],
        best=Leaf("x", 1),
        leaves=[Leaf("y", 2), Leaf()],
        votes={"👍": ["bob", "eve"]},
    )
    (values,) = through("aa{sv}", [tree, Tree()])
    assert [from_wire(Tree, each) for each in values] == [tree, Tree()]


def test_keys_that_a_message_does_not_name_cross_as_its_more():
    message = records.Message(id=7, body="hi", more={"reactions": {"👍": ["a@x"]}, "more": True})
    (values,) = decode("a{sv}", bytes(encode("a{sv}", [message])))
    assert values == {"id": 7, "body": "hi", "reactions": {"👍": ["a@x"]}, "more": True}
    assert from_wire(records.Message, values) == message


def test_keys_a_reader_does_not_know_are_ignored():
    assert from_wire(Leaf, {"name": "x", "colour": "red"}) == Leaf("x")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain", "plain"),
        ("a\0b", "a\ufffdb"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("\udfff\0", "\ufffd\ufffd"),
        ("😀\uffff", "😀\uffff"),
    ],
)
def test_text_is_made_fit_for_the_bus(text, safe):
    assert safe_text(text) == safe
    assert through("s", text) == [safe]
    assert through("a{sv}", {text: text}) == [{safe: safe}]
    assert through("a{sv}", Leaf(text)) == [{"name": safe}]


def test_what_is_too_large_is_refused_before_it_goes_out():
    with pytest.raises(TooLarge, match="61 MiB; 60 MiB is the most"):
        encode("s", ["x" * (61 << 20)])
    assert len(encode("s", ["x" * (wire.LIMIT - 8)])) <= wire.LIMIT


def test_a_number_that_is_none_comes_back():
    (value,) = through("d", math.nan)
    assert math.isnan(value)
