"""Times as stamps, and stanzas that wait in the outbox as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import xml
from backendd.core.encoding import decode, encode

TIMES = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")


@given(TIMES)
def test_a_time_comes_back_to_the_microsecond(time_us):
    assert xml.parse_time(xml.format_time(time_us)) == time_us


@given(st.one_of(st.text(), st.text(alphabet="0123456789-T:+Z.W ", max_size=32)))
def test_any_stamp_is_a_time_or_none(stamp):
    assert isinstance(xml.parse_time(stamp), int | None)


@pytest.mark.parametrize(
    ("stamp", "time_us"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01T00:00:00.25Z", 250_000),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01T00:00:00", 0),
        # at the edge of the rules, or a little over
        ("1970-01-01t00:00:01z", 1_000_000),
        (" 1970-01-01 00:00:01 Z", 1_000_000),
        ("1970-01-01T00:00Z", 0),
        ("1970-01-01", 0),
        ("1970-01-01T00:00:00,5Z", 500_000),
        ("1970-01-01T00:00:00.1234567899Z", 123_456),
        ("1969-12-31T23:59:60Z", 0),
        ("1969-12-31T24:00:00Z", 0),
        ("1969-12-31T18:30:00-0530", 0),
        ("1970-01-01T01:00:00+01", 0),
        # the old form
        ("19700101T00:00:01", 1_000_000),
        # no time at all
        ("1970-01-01T25:00:00Z", None),
        ("1970-01-01T00:60:00Z", None),
        ("1970-01-01T00:00:61Z", None),
        ("1970-02-30T00:00:00Z", None),
        ("1970-01-01T00:00:00+99:00", None),
        ("\u0660970-01-01T00:00:00Z", None),
        ("20060", None),
        ("", None),
    ],
)
def test_stamps_as_they_come(stamp, time_us):
    assert xml.parse_time(stamp) == time_us


@given(st.text(CHARACTERS), st.text(CHARACTERS), st.integers(0, 2**50))
def test_a_message_that_is_held_up_says_the_same_and_when(body, message_id, time_us):
    message = xml.element(
        xml.CLIENT,
        "message",
        {"id": message_id},
        [xml.element(xml.CLIENT, "body", text=body), xml.element(xml.RECEIPTS, "request")],
    )
    again = decode(encode(message).decode())
    xml.note_delay(again, time_us)
    read = decode(encode(again).decode())
    assert read.get("id") == message_id
    assert xml.child_text(read, xml.CLIENT, "body") == body
    assert xml.child(read, xml.RECEIPTS, "request") is not None
    note = xml.child(read, xml.DELAY, "delay")
    assert xml.parse_time(note.get("stamp")) == time_us


def test_a_message_that_holds_nothing_can_be_held_up_as_well():
    message = decode("<message to='a@b'/>")
    xml.note_delay(message, 0)
    assert encode(message) == (
        b'<message to="a@b"><delay xmlns="urn:xmpp:delay" stamp="1970-01-01T00:00:00.000000Z"/>'
        b"</message>"
    )
