"""Blogs as documents of Atom: what RFC 4287 demands of each, whatever an entry says."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.blog import documents, moved, plain, xhtml
from backendd.blog.syndication import Around
from backendd.core.entries import Content, Feed, Link, Person, titled
from backendd.core.xml import parse_time
from tests.backendd.blog.test_atom import WHOLE

FEED = Feed("juliet@capulet.example", "urn:xmpp:microblog:0")
ATOM = "{http://www.w3.org/2005/Atom}"
WHEN = parse_time("2026-11-26T08:00:00Z")
XHTML = "{http://www.w3.org/1999/xhtml}"

LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30)
CONTENTS = st.builds(
    Content,
    title=LINE,
    text=LINE,
    xhtml=st.builds(xhtml.clean_html, LINE),
    author=st.builds(Person, LINE, st.sampled_from(["", "a@b.example"])),
    published=st.just(WHEN) | st.none(),
    updated=st.just(WHEN),
    tags=st.lists(LINE).map(tuple),
    links=st.lists(
        st.builds(
            Link,
            st.sampled_from(["alternate", "enclosure", "via"]),
            st.just("https://a.example/"),
            st.sampled_from(["", "text/html"]),
        )
    ).map(tuple),
)


def document(*contents):
    """Return what a document of these entries is to whoever reads it, and its entries."""
    written = documents.head(FEED, "On tea", WHEN)
    for number, each in enumerate(contents):
        written += documents.entry(FEED, f"n{number}", each)
    feed = ElementTree.fromstring(written + documents.end())
    return feed, list(feed.iter(f"{ATOM}entry"))


def test_a_feed_says_what_it_is_called_and_when_it_was_changed():
    feed, entries = document()
    assert feed.tag == f"{ATOM}feed"
    assert [feed.findtext(f"{ATOM}{each}") for each in ("id", "title", "updated")] == [
        "xmpp:juliet@capulet.example?;node=urn%3Axmpp%3Amicroblog%3A0",
        "On tea",
        "2026-11-26T08:00:00.000000Z",
    ]
    assert entries == []


@given(CONTENTS)
def test_an_entry_has_all_that_each_must_and_nothing_more_often_than_it_may(content):
    _, (entry,) = document(content)
    for name in ("id", "title", "updated", "author"):
        assert len(entry.findall(f"{ATOM}{name}")) == 1, name
    assert entry.findtext(f"{ATOM}author/{ATOM}name")
    assert len(entry.findall(f"{ATOM}content")) <= 1
    assert len(entry.findall(f"{ATOM}published")) <= 1
    links = entry.findall(f"{ATOM}link")
    alternates = [each.get("type") for each in links if each.get("rel") == "alternate"]
    assert alternates
    assert len(alternates) == len(set(alternates))


@given(CONTENTS)
def test_what_an_entry_says_is_read_again_as_it_is(content):
    content = titled(content)
    _, (entry,) = document(content)
    again = moved.decode(entry, Around({})).content
    assert again.xhtml == content.xhtml
    said = content.text if not content.xhtml else plain.to_text(content.xhtml)
    assert again.text.strip() == said.strip()
    assert (again.published, again.updated) == (content.published, content.updated)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ('<p>mia, <a href="xmpp:m@a.example?;node=b">On tea</a>:</p><p>so</p>', "mia, On tea:"),
        ('<p>a (b), <a href="https://a.example/c_(d)">e</a>, f</p>', "a (b), e, f"),
        ('<p><a href="https://a.example/b">https://a.example/b</a></p>', "https://a.example/b"),
    ],
)
def test_what_has_no_title_is_called_as_it_begins_without_where_links_lead(html, title):
    markup = xhtml.clean_html(html)
    assert titled(Content(xhtml=markup, text=plain.to_text(markup))).title == title


@pytest.mark.parametrize("title", ["a", "<b> & ]]>", "\N{SNOWMAN} 雪"])
def test_any_title_is_text(title):
    _, (entry,) = document(Content(title=title, updated=WHEN))
    assert entry.findtext(f"{ATOM}title") == title


def test_of_markup_pictures_are_pictures():
    picture = xhtml.clean_html("<p>a <img src='https://a.example/b.png' alt='b'></p>")
    assert "<img" not in picture
    _, (entry,) = document(Content(title="a", xhtml=picture, updated=WHEN))
    (found,) = entry.iter(f"{XHTML}img")
    assert found.attrib == {"src": "https://a.example/b.png", "alt": "b"}


def test_where_others_comment_and_what_it_answers_is_told():
    _, (entry,) = document(WHOLE)
    replies = [each for each in entry.iter(f"{ATOM}link") if each.get("rel") == "replies"]
    assert len(replies) == 1
    assert entry.find("{http://purl.org/syndication/thread/1.0}in-reply-to") is not None
