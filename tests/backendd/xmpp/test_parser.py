"""Bytes to stanzas: the same however they are cut, and bounded."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core.encoding import encode
from backendd.xmpp.parser import DEPTH, STANZA_BYTES, StanzaParser, StreamBroken

OPEN = b"<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"


def _stanzas(parser: StanzaParser) -> list[Element]:
    return [each for event, each in parser.read_events() if event == "end"]


def _parsed(*pieces: bytes) -> tuple[StanzaParser, list[Element]]:
    parser = StanzaParser()
    parser.feed(OPEN)
    assert [event for event, _ in parser.read_events()] == ["start"]
    for piece in pieces:
        parser.feed(piece)
    return parser, _stanzas(parser)


def test_children_of_the_stream_come_whole_and_in_order():
    _, found = _parsed(b"<message><body>one</body></message> <presence/>\n<a xmlns='urn:x'/>")
    assert [each.tag for each in found] == [
        "{jabber:client}message",
        "{jabber:client}presence",
        "{urn:x}a",
    ]
    assert found[0].findtext("{jabber:client}body") == "one"


@given(st.lists(st.integers(0, 120), max_size=8))
def test_how_the_bytes_are_cut_makes_no_difference(cuts: list[int]):
    body = "<body>gr\u00fc\u00dfe \U0001f37a &amp; &#10;</body>"
    data = f"<message to='a'>{body}<x xmlns='y'/></message>".encode()
    places = sorted({min(cut, len(data)) for cut in cuts})
    pieces = [data[i:j] for i, j in zip([0, *places], [*places, len(data)], strict=True)]
    _, [found] = _parsed(*pieces)
    _, [whole] = _parsed(data)
    assert encode(found) == encode(whole)


def test_a_giant_is_delivered_empty_and_marked():
    parser, found = _parsed(
        b"<message from='a'><body>", b"x" * (STANZA_BYTES + 1), b"</body><y/></message><presence/>"
    )
    giant, after = found
    assert giant.get("from") == "a"
    assert len(giant) == 0
    assert parser.is_oversized(giant)
    assert not parser.is_oversized(giant)  # asked once
    assert not parser.is_oversized(after)


def test_an_abyss_is_delivered_empty_and_marked():
    parser, [found] = _parsed(b"<message>" + b"<a>" * DEPTH + b"</a>" * DEPTH + b"</message>")
    assert len(found) == 0
    assert parser.is_oversized(found)


def test_many_small_elements_are_a_giant_as_well():
    parser, [found] = _parsed(b"<message>" + b"<a/>" * (STANZA_BYTES // 32) + b"</message>")
    assert len(found) == 0
    assert parser.is_oversized(found)


def test_a_tag_without_end_ends_the_stream():
    with pytest.raises(StreamBroken, match="without end"):
        _parsed(b"<message from='", *[b"x" * 1_000_000] * 20)


@pytest.mark.parametrize(
    "prologue",
    [
        b"<!DOCTYPE x [<!ENTITY e 'AAAA'>]>",
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'a'><!ENTITY b '&a;&a;&a;'>]>",
    ],
)
def test_a_document_type_is_refused_before_any_entity(prologue: bytes):
    parser = StanzaParser()
    parser.feed(prologue + OPEN)
    with pytest.raises(StreamBroken):
        _stanzas(parser)


@pytest.mark.parametrize(
    "rubbish", [b"<message>&e;</message>", b"<message></presence>", b"\xff\xfe>", b"<message a=1/>"]
)
def test_what_is_no_xml_ends_the_stream(rubbish: bytes):
    with pytest.raises(StreamBroken):
        _parsed(rubbish)


def test_what_came_before_the_break_is_delivered():
    parser = StanzaParser()
    parser.feed(OPEN + b"<presence/><message></iq>")
    reader = parser.read_events()
    assert [next(reader)[0] for _ in range(3)] == ["start", "start", "end"]
    with pytest.raises(StreamBroken):
        next(reader)


def test_the_end_of_the_stream_is_told():
    _, found = _parsed(b"<presence/></stream:stream>")
    assert [each.tag for each in found] == [
        "{jabber:client}presence",
        "{http://etherx.jabber.org/streams}stream",
    ]
