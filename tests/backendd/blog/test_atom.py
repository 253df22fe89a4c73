"""Entries as Atom, in the shapes of others and our own."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.blog import atom, markdown
from backendd.blog.elements import XHTML
from backendd.core.entries import Content, Feed, Link, Person
from backendd.core.xml import parse_time

WHEN = parse_time("2026-11-26T08:00:00Z")
LATER = parse_time("2026-11-26T09:30:00Z")
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'

WHOLE = Content(
    title="A title",
    text="a b\n\nc",
    xhtml=f"{DIV}<p>a <b>b</b></p><p>c</p></div>",
    author=Person("Juliet", "juliet@capulet.example"),
    published=WHEN,
    updated=LATER,
    tags=("verona", "two words"),
    links=(Link("enclosure", "https://a.example/b.png", "image/png", "a cat", 123),),
    answers=("xmpp:romeo@montague.example?;node=urn%3Axmpp%3Amicroblog%3A0;item=1",),
    comments=Feed("juliet@capulet.example", "urn:xmpp:microblog:0:comments/2"),
    atom_id="tag:juliet.example,2026:a",
)


def _entry(inner: str) -> Element:
    return ElementTree.fromstring(
        '<entry xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:thr="http://purl.org/syndication/thread/1.0">{inner}</entry>'
    )


def _decode(inner: str) -> Content:
    content = atom.decode(_entry(inner))
    assert content is not None
    return content


def test_what_is_written_is_read_again() -> None:
    assert atom.decode(atom.encode(WHOLE, "tag:b")) == WHOLE


def test_what_is_called_nothing_is_called_by_its_address() -> None:
    entry = atom.encode(Content(title="a"), "xmpp:a@b.example?;node=c;item=d")
    assert entry.findtext(f"{{{atom.ATOM}}}id") == "xmpp:a@b.example?;node=c;item=d"


def test_comments_are_told_in_the_one_form_that_everybody_reads() -> None:
    entry = atom.encode(WHOLE, "tag:a")
    (link,) = (each for each in entry if each.get("rel") == "replies")
    assert link.attrib == {
        "rel": "replies",
        "title": "comments",
        "href": "xmpp:juliet@capulet.example?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F2",
    }


def test_markup_is_sent_beside_the_text() -> None:
    entry = atom.encode(WHOLE, "tag:a")
    contents = [each for each in entry if each.tag == f"{{{atom.ATOM}}}content"]
    assert [each.get("type") for each in contents] == ["text", "xhtml"]
    assert contents[0].text == WHOLE.text
    assert contents[1][0].tag == f"{{{XHTML}}}div"


def test_what_has_no_markup_is_only_text() -> None:
    entry = atom.encode(Content(title="a", text="b"), "tag:a")
    (content,) = (each for each in entry if each.tag == f"{{{atom.ATOM}}}content")
    assert content.get("type") == "text"


def test_an_entry_as_movim_writes_it() -> None:
    content = _decode(
        """
        <title>Ma vie</title>
        <id>7f9d2b3c</id>
        <published>2026-11-26T08:00:00Z</published>
        <updated>2026-11-26T09:30:00Z</updated>
        <author><name>juliet</name><uri>xmpp:juliet@capulet.example</uri></author>
        <link rel="alternate" type="text/html" href="https://nl.movim.example/blog/1"/>
        <link rel="enclosure" href="https://a.example/b.png" type="image/png" title="b.png"
              length="12"/>
        <link rel="replies" title="comments"
              href="xmpp:pubsub.example?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F7f9d2b3c"/>
        <content type="text">Du *texte*</content>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Du <em>texte</em></p>
        </div></content>
        <category term="vie"/>
        <generator uri="https://movim.eu" version="0.35">Movim</generator>
        """
    )
    assert content.title == "Ma vie"
    assert content.text == "Du *texte*"
    assert content.xhtml == f"{DIV}<p>Du <em>texte</em></p>\n        </div>"
    assert content.author == Person("juliet", "juliet@capulet.example")
    assert (content.published, content.updated) == (WHEN, LATER)
    assert content.tags == ("vie",)
    assert [each.rel for each in content.links] == ["alternate", "enclosure"]
    assert content.comments == Feed("pubsub.example", "urn:xmpp:microblog:0:comments/7f9d2b3c")
    assert content.atom_id == "7f9d2b3c"


def test_an_entry_as_libervia_writes_it() -> None:
    content = _decode(
        """
        <title type="text">A title</title>
        <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>title</b></div></title>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div>
        </content>
        <content type="text">a

b</content>
        <author><name>juliet</name><uri>xmpp:juliet@capulet.example</uri>
          <email>juliet@capulet.example</email></author>
        <updated>2026-11-26T09:30:00Z</updated>
        <published>2026-11-26T08:00:00Z</published>
        <category term="verona"/>
        <id>xmpp:juliet@capulet.example?;node=urn%3Axmpp%3Amicroblog%3A0;item=a-title-x1</id>
        <link rel="replies" title="comments" type="application/atom+xml"
          href="xmpp:pubsub.capulet.example?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2Fx1"/>
        """
    )
    assert content.title == "A title"
    assert content.text == "a\n\nb"
    assert content.comments == Feed("pubsub.capulet.example", "urn:xmpp:microblog:0:comments/x1")


@pytest.mark.parametrize("node", ["urn%3Axmpp%3Amicroblog%3A0", "diary", ""])
def test_no_blog_is_a_place_for_comments(node: str) -> None:
    link = f'<link rel="replies" title="comments" href="xmpp:juliet@x.example?;node={node}"/>'
    assert _decode(f"<title>Say something</title>{link}").comments is None


def test_an_answer_as_the_specification_shows_it() -> None:
    content = _decode(
        """
        <author><name>Benvolio</name><uri>xmpp:benvolio@montague.example</uri></author>
        <title type="text">@romeo cappuccino this late in the day?</title>
        <thr:in-reply-to ref="tag:montague.example,2008-05-08:posts-1"
            href="http://montague.example/romeo/posts/1"/>
        <thr:in-reply-to ref="tag:montague.example,2008-05-08:posts-1"
            href="xmpp:news.montague.example?;node=family;item=1"/>
        """
    )
    assert content.answers == (
        "http://montague.example/romeo/posts/1",
        "tag:montague.example,2008-05-08:posts-1",
        "xmpp:news.montague.example?;node=family;item=1",
    )


def test_nothing_has_to_be_there() -> None:
    assert _decode("") == Content()


@pytest.mark.parametrize("tag", ["{http://www.w3.org/2005/Atom}feed", "entry", "{urn:x}entry"])
def test_what_is_no_entry_is_none(tag: str) -> None:
    assert atom.decode(Element(tag)) is None


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<content>a</content>", "a"),
        ("<summary>a</summary>", "a"),
        ("<summary>a</summary><content>b</content>", "b"),
        ('<content type="html">&lt;p&gt;a&lt;script&gt;x&lt;/script&gt;</content>', "a"),
        (f'<content type="xhtml">{DIV}<p>a</p><p>b</p></div></content>', "a\n\nb"),
        ('<content type="xhtml"><p xmlns="http://www.w3.org/1999/xhtml">a</p></content>', "a"),
        (f'<content type="xhtml">{DIV}<script>x</script></div></content>', ""),
        (f"<content>a</content><content type='xhtml'>{DIV}b</div></content>", "a"),
    ],
)
def test_what_it_says_is_read_as_plain_text(inner: str, text: str) -> None:
    assert _decode(inner).text == text


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("<title> a \n b </title>", "a b"),
        ('<title type="html">a &amp;lt; &lt;b&gt;b&lt;/b&gt;</title>', "a < b"),
        (f'<title type="xhtml">{DIV}a <b>b</b></div></title>', "a b"),
        ("<title>a\N{RIGHT-TO-LEFT OVERRIDE}b</title>", "ab"),
        ("<title/>", ""),
    ],
)
def test_a_title_is_one_plain_line(title: str, read: str) -> None:
    assert _decode(title).title == read


@pytest.mark.parametrize(
    "uri", ["juliet@capulet.example", "https://a.example", "xmpp:", "xmpp:@", "acct:a@b.example"]
)
def test_an_author_without_an_address_of_xmpp_has_none(uri: str) -> None:
    author = f"<author><name>Juliet</name><uri>{uri}</uri></author>"
    assert _decode(author).author == Person("Juliet", "")


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-99T00:00:00Z", "99999-01-01"])
def test_a_time_that_is_none_is_left_away(time: str) -> None:
    assert _decode(f"<published>{time}</published>").published is None


@pytest.mark.parametrize("said", ["♥", "❤️", " ♥\n"])
def test_a_heart_alone_is_a_like(said: str) -> None:
    assert Content(title=said).is_like
    assert Content(title="x", text=said).is_like
    assert not Content(text=f"{said} it").is_like


def test_what_is_written_in_markdown_is_read_as_it_was_sent() -> None:
    sent = markdown.render("a *b*\n\n![c](https://a.example/d.png)")
    content = atom.decode(atom.encode(Content(title="t", text="t", xhtml=sent), "tag:a"))
    assert content is not None
    assert '<a href="https://a.example/d.png" class="image">c</a>' in content.xhtml


_NAMES = st.sampled_from(
    ["title", "content", "summary", "author", "name", "uri", "link", "category", "published", "id"]
)


@st.composite
def _elements(draw: st.DrawFn, depth: int = 3) -> Element:
    made = Element(f"{{{atom.ATOM}}}{draw(_NAMES)}")
    keys = st.sampled_from(["type", "rel", "href", "term", "length", "title"])
    values = st.sampled_from(["", "xhtml", "html", "replies", "xmpp:a?;node=b", "\x1b", "9" * 30])
    made.attrib.update(draw(st.dictionaries(keys, values, max_size=4)))
    made.text = draw(st.none() | st.text(max_size=20))
    if depth:
        made.extend(draw(st.lists(_elements(depth - 1), max_size=3)))
    return made


@given(st.lists(_elements(), max_size=6))
def test_whatever_an_entry_holds_it_is_read(children: list[Element]) -> None:
    entry = Element(f"{{{atom.ATOM}}}entry")
    entry.extend(children)
    content = atom.decode(entry)
    assert content is not None
    assert "\x1b" not in repr(content).replace("\\x1b", "\x1b")


def test_what_an_entry_leads_to_is_relative_to_what_it_says() -> None:
    inner = "<div xmlns='http://www.w3.org/1999/xhtml'><img src='cup.png'/></div>"
    content = f"<content type='xhtml'>{inner}</content><link rel='enclosure' href='cup.png'/>"
    for written, leads in (
        (f"<entry xmlns='{atom.ATOM}' xml:base='https://a.example/x/'>{content}</entry>", "x/"),
        (
            f"<entry xmlns='{atom.ATOM}'>{content}<link rel='alternate' "
            "href='https://a.example/y/'/></entry>",
            "y/",
        ),
    ):
        found = atom.decode(ElementTree.fromstring(written))
        assert found is not None
        assert f'href="https://a.example/{leads}cup.png"' in found.xhtml
        assert found.links[0].href == f"https://a.example/{leads}cup.png"
    bare = atom.decode(ElementTree.fromstring(f"<entry xmlns='{atom.ATOM}'>{content}</entry>"))
    assert bare is not None
    assert bare.text == "cup.png"
    assert bare.links == ()
