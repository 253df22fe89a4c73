"""Headers that others have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.files import headers


def test_only_what_a_slot_may_have_sent_is_sent():
    given_with = [
        ("Authorization", "Basic Base64String=="),
        ("cookie", "foo=bar; user=romeo"),
        ("EXPIRES", "Thu, 01 Jan 2027 00:00:00 GMT"),
        ("Host", "b.example"),
        ("Content-Length", "0"),
        ("X-Amz-Acl", "public-read"),
        ("Cookie", "two=2"),
    ]
    assert headers.of_slot(given_with) == (
        ("Authorization", "Basic Base64String=="),
        ("Cookie", "foo=bar; user=romeo"),
        ("Expires", "Thu, 01 Jan 2027 00:00:00 GMT"),
        ("Cookie", "two=2"),
    )


def test_no_line_end_gets_from_a_slot_into_a_request():
    """XEP-0363 section 5 has them stripped."""
    taken = headers.of_slot(
        [("Author\r\nization", "a\r\nHost: b.example"), ("Cookie", "a\x00b"), ("Coo\x0bkie", "c")]
    )
    assert taken == (("Authorization", "aHost: b.example"),)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a b.txt"', "a b.txt"),
        ("attachment; filename=plain.txt", "plain.txt"),
        ("attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "\u20ac rates.txt"),
        ("inline", ""),
        ("", ""),
        ('attachment; filename="a\x1b[31m.txt"', "a[31m.txt"),
        ("attachment; filename*=nonsense''%ff", "\u00ff"),
        ("attachment; filename", ""),
    ],
)
def test_a_name_is_read_from_a_disposition(disposition, name):
    assert headers.file_name(disposition) == name


@given(st.text())
def test_whatever_stands_in_a_header_does_no_harm(value):
    assert "\n" not in headers.file_name(value)
    headers.mime(value)
    headers.validator(value, value)
    headers.length(value)
    headers.part(value)
    headers.whole(value)


@given(st.binary(max_size=60))
def test_whatever_a_disposition_has_for_a_name_does_no_harm(name):
    shown = name.decode("utf-8", "surrogateescape")
    headers.file_name(f"attachment; filename*={shown}")
    headers.file_name(f'attachment; filename="{shown}"')


def test_a_media_type_is_one_or_nothing():
    assert headers.mime("Text/HTML; charset=utf-8") == "text/html"
    assert headers.mime("image/svg+xml") == "image/svg+xml"
    for odd in ("", "text", "text/", "a/b/c", "text/h\u00e4", "a b/c", "x/" + "y" * 200):
        assert headers.mime(odd) == ""


def test_only_what_tells_byte_for_byte_is_a_validator():
    date = "Wed, 25 Nov 2026 10:00:00 GMT"
    assert headers.validator('"abc"', date) == '"abc"'
    assert headers.validator('W/"abc"', date) == date
    assert headers.validator("", "yesterday\r\nHost: b") == ""


@pytest.mark.parametrize(
    "wrong",
    ["", "bytes", "bytes 5-4/10", "bytes 0-11/10", "bytes -5/10", "items 0-4/10", "bytes 0-9", "*"],
)
def test_a_part_that_there_cannot_be_is_none(wrong):
    assert headers.part(wrong) is None


def test_a_part_says_where_it_begins_and_perhaps_of_what():
    assert headers.part("bytes 5-9/10") == headers.Part(5, 10)
    assert headers.part("bytes 5-9/*") == headers.Part(5, None)
    assert headers.part("bytes 5-10/10") == headers.Part(5, 10), "as Prosody says it"
    assert headers.whole("bytes */10") == 10
    assert headers.whole("bytes 0-1/10") is None
