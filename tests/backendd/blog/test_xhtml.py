"""What stays of XHTML from outside."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.blog import cleaning, xhtml

DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'


def _clean(inner: str) -> str:
    """Return what stays of this within a `<div>`, without that."""
    written = xhtml.clean(ElementTree.fromstring(f"{DIV}{inner}</div>"))
    return written.removeprefix(DIV).removesuffix("</div>")


@pytest.mark.parametrize(
    ("inner", "stays"),
    [
        ("<p>a <b>b</b> <em>c</em></p>", "<p>a <b>b</b> <em>c</em></p>"),
        ('<p style="x" class="y" onclick="alert(1)" id="z">a</p>', "<p>a</p>"),
        ("<script>alert(1)</script><style>p {}</style>b", "b"),
        ("<blink>a</blink>", "a"),
        ("<p/>b", "<p />b"),
        ("a<br/>b<hr/>c", "a<br />b<hr />c"),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>",) * 2,
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_what_is_known_stays_and_of_anything_else_what_it_says(inner: str, stays: str) -> None:
    assert _clean(inner) == stays


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "/relative",
        "//example.org/x",
    ],
)
def test_a_link_leads_nowhere_but_where_one_can_see_it_lead(href: str) -> None:
    link = Element("a", {"href": href})
    link.text = "a"
    div = Element("div")
    div.append(link)
    assert "href" not in xhtml.clean(div)


@pytest.mark.parametrize("scheme", ["https", "http", "xmpp", "mailto"])
def test_links_stay(scheme: str) -> None:
    link = f'<a href="{scheme}:example.org?a&amp;b" title="t">a</a>'
    assert _clean(link) == link


def test_a_picture_is_a_link_that_says_what_it_shows() -> None:
    assert (
        _clean('<img src="https://example.org/a.png" alt="a &quot;cat&quot;"/>')
        == '<a href="https://example.org/a.png" class="image">a "cat"</a>'
    )


def test_a_picture_that_says_nothing_is_called_as_its_file() -> None:
    assert _clean('<img src="https://example.org/x/a.png"/>').endswith(">a.png</a>")


def test_a_picture_within_a_link_stands_behind_it() -> None:
    assert (
        _clean('<a href="https://a.example">b<img src="https://c.example/d.png"/></a>e')
        == '<a href="https://a.example">b</a>'
        '<a href="https://c.example/d.png" class="image">d.png</a>e'
    )


def test_of_a_picture_that_is_in_the_text_itself_stays_what_it_says() -> None:
    assert _clean('<img src="data:image/png;base64,AAAA" alt="a cat"/>') == "a cat"


def test_pictures_stay_in_what_is_sent() -> None:
    html = '<p><img src="https://example.org/a.png" alt="a"></p>'
    assert '<img src="https://example.org/a.png" alt="a" />' in xhtml.clean_html(
        html, keeps_images=True
    )


@pytest.mark.parametrize("inner", ["", " \n ", "<p> </p>", "<script>x</script>", "<p><b/></p>"])
def test_what_says_nothing_is_empty(inner: str) -> None:
    written = ElementTree.fromstring(f"{DIV}{inner}</div>")
    assert xhtml.clean(written) == ""


def test_html_that_is_no_xhtml_is_read_as_browsers_do() -> None:
    assert xhtml.clean_html("<p>a<p>b<br>c&nbsp;<b>d") == (
        f"{DIV}<p>a</p><p>b<br />c\N{NO-BREAK SPACE}<b>d</b></p></div>"
    )


@pytest.mark.parametrize("html", ["a\x1b[31mb", "a&#27;[31mb", "a\N{RIGHT-TO-LEFT OVERRIDE}b"])
def test_nothing_in_it_speaks_to_a_terminal(html: str) -> None:
    written = xhtml.clean_html(html)
    assert "\x1b" not in written
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in written


def test_what_is_too_deep_is_only_what_it_says() -> None:
    root = innermost = Element("div")
    for _ in range(5000):
        child = Element("b")
        innermost.append(child)
        innermost = child
    innermost.text = "deep"
    written = xhtml.clean(root)
    assert "deep" in written
    assert written.count("<b>") <= cleaning.DEEPEST
    xhtml.parse(written)


@given(st.text())
def test_whatever_it_is_made_of_is_well_formed_then_and_stays_as_it_is(html: str) -> None:
    written = xhtml.clean_html(html)
    if written:
        assert xhtml.clean(xhtml.parse(written)) == written


_PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<i>", "<br>", "<hr>", "<ul>", "<li>", "</ul>", "<td>", "</a>",
    '<a href="https://x">', '<img src="https://y">', "<pre>", "<table>", "<!--", "]]>", "<![CDATA[",
    "&amp;", "&#", "a", "<", ">", '"', "<svg>", "<script>", "</script>", "<title>", "<style>",
    "<blockquote>", "</blockquote>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=30))
def test_tags_in_any_order_are_well_formed_then(pieces: list[str]) -> None:
    written = xhtml.clean_html(" ".join(pieces))
    if written:
        xhtml.parse(written)


BASE = "https://blog.example/2020/tea/"


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("cup.png", "https://blog.example/2020/tea/cup.png"),
        ("../milk", "https://blog.example/2020/milk"),
        ("/about", "https://blog.example/about"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("#note", "https://blog.example/2020/tea/#note"),
        ("?page=2", "https://blog.example/2020/tea/?page=2"),
        ("xmpp:a@b", "xmpp:a@b"),
    ],
)
def test_what_is_relative_leads_to_where_that_is_beside_the_base(written: str, leads: str) -> None:
    assert f'<a href="{leads}">a</a>' in xhtml.clean_html(f'<a href="{written}">a</a>', base=BASE)
    image = xhtml.clean_html(f'<img src="{written}" alt="a">', base=BASE)
    assert f'<a href="{leads}" class="image">a</a>' in image


@pytest.mark.parametrize("base", ["", "file:///etc/", "javascript:", "xmpp:a@b", "/here", "https:"])
@pytest.mark.parametrize("written", ["passwd", "java\tscript:alert(1)", "//[", "http:", "\x00"])
def test_a_base_that_is_none_leads_nowhere(base: str, written: str) -> None:
    html = f'<p><a href="{written}">a</a></p><img src="{written}" alt="b">'
    made = xhtml.clean_html(html, base=base)
    assert "passwd" not in made
    assert "script" not in made
    assert made.endswith("b</div>") or "http:" in made


def test_a_picture_that_leads_nowhere_is_called_by_its_name_or_what_it_is() -> None:
    for html, said in (
        ('<img src="photos/cup.png">', "cup.png"),
        ('<img src="photos/cup.png" alt="a cup">', "a cup"),
        ('<img src="data:image/png;base64,AAAA">', "(a picture)"),
        ("<img>", "(a picture)"),
    ):
        assert xhtml.clean_html(html) == f"{DIV}{said}</div>"
