"""Files of feeds: the posts in them, however they come in pieces, and what is none is refused."""

import pytest

from backendd.api.errors import InvalidArgument, TooLarge
from backendd.blog import syndication
from backendd.blog.syndication import Reader

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">'


def read(written, size=1 << 20):
    """Return the reader that has taken all of a file in pieces of some size, and its posts."""
    data = written.encode() if isinstance(written, str) else written
    reader, found = Reader(), []
    for start in range(0, len(data), size):
        found += reader.feed(data[start : start + size])
    found += reader.feed(b"")
    return reader, found


def titles(written, size=1 << 20):
    return [each.findtext("{*}title") for each in read(written, size)[1]]


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize(
    "written",
    [
        f"{ATOM}<title>x</title><entry><title>a</title></entry><entry><title>é</title></entry>"
        "</feed>",
        "<rss version='2.0'><channel><title>x</title><item><title>a</title></item>"
        "<item><title>é</title></item></channel></rss>",
    ],
)
def test_posts_are_found_however_a_file_comes(written, size):
    assert titles(written, size) == ["a", "é"]


def test_what_only_looks_like_a_post_within_another_is_none():
    inner = "<item><title>b</title></item><entry><title>c</title></entry>"
    written = f"<rss><channel><item><title>a</title>{inner}</item></channel><item/></rss>"
    assert titles(written) == ["a"]


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "é"), ("utf-16", "é"), ("iso-8859-1", "é"), ("windows-1252", "“é”"),
        ("koi8-r", "чай"), ("Shift_JIS", "茶"), ("gb18030", "茶"), ("iso-2022-jp", "茶"),
    ],
)  # fmt: skip
def test_a_file_is_in_the_encoding_that_it_says(encoding, text, size):
    written = f'<?xml version="1.0" encoding="{encoding}"?>'
    written += f"<rss><channel><item><title>{text}</title></item></channel></rss>"
    assert titles(written.encode(encoding), size) == [text]


@pytest.mark.parametrize("before", ["\n \n", "\ufeff"])
def test_what_stands_before_a_file_and_in_it_by_mistake_does_no_harm(before):
    written = f'{before}<?xml version="1.0"?><rss><channel><item><title>a\x0bb\x01</title></item>'
    assert titles(f"{written}</channel></rss>") == ["ab"]


def test_what_html_names_is_that_where_a_document_type_says_that_it_might():
    written = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD" "https://a.example/rss.dtd">'
    written += "<rss><channel><item><title>a&eacute;</title></item></channel></rss>"
    assert titles(written) == ["aé"]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "https://a.example/x">',
        '<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">',
    ],
)  # fmt: skip
def test_a_file_that_declares_entities_is_refused(declared):
    written = f"<!DOCTYPE rss [{declared}]><rss><channel/></rss>"
    with pytest.raises(InvalidArgument, match="entities"):
        read(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "the file is empty"), ("{}", "no well-formed XML"),
        (f"{ATOM}\n<entry>", "ends too early, in line 2"), (f"{ATOM}<![CDATA[", "ends too early"),
        (f"{ATOM}\n<a>é</a>".encode("latin-1"), "not written in UTF-8, in line 2; its first line"),
        ('<?xml version="1.0" encoding="utf-8"?><rss>é</rss>'.encode("cp1252"), "it says: in line"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', '"klingon", which is not known'),
        ('<?xml version="1.0" encoding="zlib"?><rss/>', '"zlib", which is not'),
        ('<?xml version="1.0" encoding="utf-7"?><rss/>', '"utf-7", which is not'),
        ('<?xml version="1.0" encoding="Shift_JIS"?><rss>é</rss>'.encode("cp1252"), "as it says"),
        (b"\x86\xff\0\1", "no well-formed XML"),
        ("<html/>", "begins with <html>"), ("<feed/>", "begins with <feed>"),
        (f"{ATOM}{'<a>' * 300}", "in one another"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_the_reason(written, why):
    with pytest.raises(InvalidArgument, match=why):
        read(written)


@pytest.mark.parametrize(
    ("bound", "most"), [("MOST_BYTES", 100), ("MOST_POSTS", 2), ("MOST_ELEMENTS", 10)]
)
def test_a_file_is_read_no_further_than_is_good(monkeypatch, bound, most):
    monkeypatch.setattr(syndication, bound, most)
    many = "<entry><title>a</title></entry>" * 4 + f"<entry>{'<a/>' * 20}</entry>"
    with pytest.raises(TooLarge):
        read(f"{ATOM}{many}</feed>")


def test_authors_are_known_by_what_stands_for_them():
    name = "<wp:author_display_name>Juliet</wp:author_display_name>"
    named = f"<wp:author_login>jc</wp:author_login>{name}"
    reader, _ = read(
        f"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:author>{named}</wp:author>"
        "</channel></rss>"
    )
    assert reader.around.names == {"jc": "Juliet"}
    reader, _ = read(f"{ATOM}<author><name>Romeo</name></author></feed>")
    assert reader.around.names == {"": "Romeo"}


@pytest.mark.parametrize(
    ("written", "around"),
    [
        (f"{ATOM}<link href='https://a.example/'/></feed>", ("", "https://a.example/")),
        (
            f"{ATOM}<link rel='self' href='https://b.example/feed'/>"
            "<link rel='alternate' href='https://a.example/'/></feed>",
            ("", "https://a.example/"),
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/'>"
            "<link href='blog'/><entry><link href='https://b.example'/></entry></feed>",
            ("https://a.example/x/", "https://a.example/x/blog"),
        ),
        (
            "<rss><channel><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' "
            "href='https://a.example/feed'/><link>\n https://a.example/ </link>"
            "<item><link>https://a.example/1</link></item></channel></rss>",
            ("", "https://a.example/"),
        ),
        (
            "<rss xml:base='https://a.example/'><channel xml:base='x/'/></rss>",
            ("https://a.example/x/", ""),
        ),
        (f"{ATOM}<link href='file:///etc/'/></feed>", ("", "")),
        ("<rss xml:base='file:///etc/'><channel><link>/x</link></channel></rss>", ("", "")),
    ],
)
def test_what_addresses_are_relative_to_stands_around_the_posts(written, around):
    for size in (3, 1 << 20):
        found = read(written, size)[0].around
        assert (found.base, found.site) == around
