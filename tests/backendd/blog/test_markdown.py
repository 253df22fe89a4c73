"""Markdown as XHTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.blog import as_markdown, markdown, xhtml

DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'


@pytest.mark.parametrize(
    ("written", "markup"),
    [
        ("a *b* **c** ~~d~~", "<p>a <em>b</em> <strong>c</strong> <s>d</s></p>"),
        ("# a", "<h1>a</h1>"),
        ("a  \nb", "<p>a<br />\nb</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("    a < b", "<pre><code>a &lt; b\n</code></pre>"),
        ("```py\na\n```", "<pre><code>a\n</code></pre>"),
        ("[a](https://a.example)", '<p><a href="https://a.example">a</a></p>'),
        ("<https://a.example>", '<p><a href="https://a.example">https://a.example</a></p>'),
        ("![a](https://a.example/b.png)", '<p><img src="https://a.example/b.png" alt="a" /></p>'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("a & b", "<p>a &amp; b</p>"),
    ],
)
def test_it_is_read_as_commonmark(written: str, markup: str) -> None:
    assert markdown.render(written) == f"{DIV}{markup}\n</div>"


def test_a_table_is_one() -> None:
    assert "<td>1</td>" in markdown.render("|a|b|\n|-|-|\n|1|2|")


def test_where_the_cells_of_a_table_stand_stays_so_and_is_markdown_again() -> None:
    said = "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |"
    markup = markdown.render(said)
    assert '<td style="text-align:right">4</td>' in markup
    assert "<td>1</td>" in markup
    assert as_markdown.written(markup).strip() == said
    foreign = "<table><tr><td align='RIGHT' style='color:red'>1</td></tr></table>"
    assert '<td style="text-align:right">1</td>' in xhtml.clean_html(foreign)


@pytest.mark.parametrize("written", ["", " \n", "\n\n"])
def test_nothing_is_nothing(written: str) -> None:
    assert markdown.render(written) == ""


@given(st.text(alphabet="ab *_~`#>-[](){}!|\\<>&\"'\n1.\t:/", max_size=200))
def test_whatever_is_written_is_well_formed_then(written: str) -> None:
    if markup := markdown.render(written):
        xhtml.parse(markup)
