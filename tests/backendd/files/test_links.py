"""Addresses as they come from outside: one reading, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.errors import InvalidArgument
from backendd.files import links

REFUSED = [
    *("", "file", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/x"),
    *("data:,x", "aesgcm://a.example/x#00", "http:", "http:///x", "https://", "http:a.example"),
    *("https://user@a.example/", "https://user:secret@a.example/", "https://a.example@b.example/"),
    *("https://a.example\\@b.example/", "https://a.example\\.b.example/", "https://a b.example/"),
    *(
        "https://a.example/x y",
        "https://a.example/\nHost: b",
        "https://a.example/\tx",
        "https://\x00/",
    ),
    *("https://a.example:0/", "https://a.example:65536/", "https://a.example:x/"),
    *("https://[::1/", "https://::1/", "https://[fe80::1%25eth0]/", "https://[v1.x]/"),
    *(
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0/",
        "https://127.0.0.1./",
    ),
    *("https://010.0.0.1/", "https://1.2.3.256/", "https://1.2.3.4.5/", "https://a.0x7f/"),
    *("https://x[::1]/", "https://[::1]x/", "https://[::1]x:80/", "https://[::1]]/"),
    *("https://a%2eexample/", "https://ex\u00adample\u2028.org/", "https://\u202e.example/"),
    *("https://" + "a" * 8000 + "/", "https://xn--\u00e4.example/", "https://a..\u00e4/"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_plain_address_of_the_web_is_refused(url):
    with pytest.raises(InvalidArgument):
        links.parse(url)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://a.example", "https://a.example/"),
        ("HTTPS://A.Example:443/X?q=1#part", "https://a.example/X?q=1"),
        ("http://a.example:80/", "http://a.example/"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://b\u00fccher.example/\u00fc b".replace(" ", "%20"),
         "https://xn--bcher-kva.example/%C3%BC%20b"),
        ("https://[2A00::1]:444/", "https://[2a00::1]:444/"),
        ("https://a.example/%2e%2e/%41?%0d%0a", "https://a.example/%2e%2e/%41?%0d%0a"),
    ],
)  # fmt: skip
def test_what_is_asked_is_what_it_says(url, asked):
    assert str(links.parse(url)) == asked
    assert links.parse(asked) == links.parse(url)


@pytest.mark.parametrize(
    ("reference", "to"),
    [
        ("/z", "https://a.example/z"),
        ("z y", "https://a.example/x/z%20y"),
        ("//b.example/", "https://b.example/"),
        ("http://b.example/z", "http://b.example/z"),
        ("?q", "https://a.example/x/y?q"),
        ("\u00e4", "https://a.example/x/%C3%A4"),
    ],
)
def test_a_reference_leads_from_where_it_stands(reference, to):
    assert str(links.parse("https://a.example/x/y").leads_to(reference)) == to


@pytest.mark.parametrize(
    "reference", ["file:///x", "https://u@b.example/", "https://b.exa\nmple/", "//[", "\\\\b\\c"]
)
def test_a_reference_is_refused_as_an_address_is(reference):
    with pytest.raises(InvalidArgument):
        links.parse("https://a.example/x/y").leads_to(reference)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_given_is_an_address_in_ascii_or_refused(host, rest):
    try:
        link = links.parse(f"https://{host}/{rest}")
    except InvalidArgument:
        return
    assert str(link).isascii()
    assert not set(str(link)) & set(" \r\n\t\\")
    assert links.parse(str(link)) == link
